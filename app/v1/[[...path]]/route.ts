import { unknownDropInPath } from '#lib/http/unknown-path';

export {
  unknownDropInPath as DELETE,
  unknownDropInPath as GET,
  unknownDropInPath as PATCH,
  unknownDropInPath as POST,
  unknownDropInPath as PUT,
};
