import 'server-only';

const plain = /^(?!\.+$)[\w.:=+~@-]{1,1024}$/;
/** Gateways hand on the names of cloud storage and jobs, percent-encoded once. */
const cloudName = /^(arn:|s3:\/\/|gs:\/\/)[\w.:=+~@/-]{1,1024}$/;

/** Ids enter paths: plain characters only, and never `.` or `..`. Null for everything else. */
export function safeId(id: string): string | null {
  return plain.test(id) || isCloudName(decoded(id)) ? id : null;
}

/** An id as one segment of a path; what came encoded is not encoded again. */
export function idInPath(id: string): string {
  return encodeURIComponent(plain.test(id) ? id : (decoded(id) ?? id.toWellFormed()));
}

function isCloudName(name: string | null): boolean {
  return name !== null && cloudName.test(name) && !name.split('/').some((part) => /^\.+$/.test(part));
}

function decoded(id: string): string | null {
  if (!/^[\w.~%-]+$/.test(id)) return null;
  try {
    return decodeURIComponent(id);
  } catch {
    return null;
  }
}
