import { asObject } from './unknown.ts';

/** The JSON schema a request line asks its answer to keep, in any of the dialects. */
export function wantedSchema(line: unknown): unknown {
  const object = asObject(line);
  const body = asObject(object?.params) ?? asObject(object?.body) ?? object;
  const format =
    asObject(body?.response_format) ??
    asObject(asObject(body?.output_config)?.format) ??
    asObject(asObject(body?.text)?.format) ??
    asObject(body?.output_format);
  return asObject(format?.json_schema)?.schema ?? format?.schema;
}
