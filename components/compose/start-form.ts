import { type BatchForm, emptySheet, newRequest, type ShapeName } from '#lib/model/request-form/form';
import { blankOwn, isKnown, shapes } from '#lib/model/request-form/shapes';

const firstId = 'req_first';
const usualTokens = 1024;

/** One blank request, and for all of them the model that was lately asked and a length an answer may have. */
export function startForm(shape: ShapeName, model: string | undefined): BatchForm {
  const limit = ['max_tokens', 'max_output_tokens'].find((name) => isKnown(shapes[shape], name));
  const own = { ...(model ? { model } : {}), ...(limit ? { [limit]: usualTokens } : {}) };
  return {
    shape,
    defaults: { ...emptySheet, own },
    // Named alike on the server and in the browser, where the same page is drawn again.
    requests: [newRequest('row-1', blankOwn(shape), firstId)],
  };
}
