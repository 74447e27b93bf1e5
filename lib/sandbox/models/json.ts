import 'server-only';
import { asList, asObject, asText, type Loose } from '#lib/model/unknown';
import { courseOf } from '#lib/sandbox/course';
import { echo } from './echo.ts';
import { sampleOf } from './json-sample.ts';
import type { Model } from './reply.ts';

/** Answers with JSON that fits what was asked for: the arguments of a tool that must be called, or the schema of the answer. */
export const json: Model = {
  ...echo,
  course: courseOf(0),
  reply({ custom_id: id, params }) {
    const tool = wantedTool(params);
    if (tool) {
      const call = { name: tool.name, arguments: JSON.stringify(sampleOf(tool.schema)) };
      return {
        kind: 'answer',
        message: {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: `call_${id}`, type: 'function', function: call }],
        },
        finishReason: 'tool_calls',
      };
    }
    const schema = wantedSchema(params);
    const content = schema ? sampleOf(schema) : { custom_id: id, model: params.model };
    return {
      kind: 'answer',
      message: { role: 'assistant', content: JSON.stringify(content), refusal: null },
      finishReason: 'stop',
    };
  },
};

function wantedSchema(params: Loose): unknown {
  const format =
    asObject(params.response_format) ??
    asObject(asObject(params.output_config)?.format) ??
    asObject(asObject(params.text)?.format);
  return asObject(format?.json_schema)?.schema ?? format?.schema;
}

/** The tool that is named, or the first where any must be called. */
function wantedTool(params: Loose): { name: string; schema: unknown } | null {
  const choice = asObject(params.tool_choice);
  const named = asText(choice?.name) ?? asText(asObject(choice?.function)?.name);
  const must = named !== null || choice?.type === 'any' || params.tool_choice === 'required';
  if (!must) return null;
  const tools = (asList(params.tools) ?? []).map((tool) => {
    const outer = asObject(tool) ?? {};
    const inner = asObject(outer.function) ?? outer;
    return { name: asText(inner.name) ?? '', schema: inner.parameters ?? inner.input_schema };
  });
  return tools.find(({ name }) => named === null || name === named) ?? null;
}
