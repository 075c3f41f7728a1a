import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { FuzzRequest } from './arbitrary-request.js';
import type { Schema } from './document.js';

export interface FuzzAnswer {
  status: number;
  type: string;
  text: string;
}

/** Refusals that any path can give, whatever the document says of the operation. */
const anywhere = new Set([400, 404, 405, 413, 415]);

/** Holds answers to the document. Each check says what is wrong, or nothing. */
export class AnswerCheck {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly compiled = new Map<Schema, ValidateFunction>();

  constructor(schemas: Record<string, Schema>) {
    formats.default(this.ajv);
    const closed = JSON.parse(JSON.stringify(schemas), close);
    this.ajv.addSchema({ $id: 'document', components: { schemas: closed } });
  }

  faultOf(
    request: Pick<FuzzRequest, 'operation' | 'method'>,
    answer: FuzzAnswer,
  ): string | undefined {
    const declared = request.operation.responses.get(answer.status);
    const fits = declared !== undefined && request.method === request.operation.method;
    if (answer.status >= 400 && !(fits && declared.has('application/json'))) {
      const codes = fits ? request.operation.codes.get(answer.status) : undefined;
      const fault = this.faultOfProblem(answer, codes);
      if (fault) return fault;
    }
    if (!fits) return anywhere.has(answer.status) ? undefined : `${answer.status} is not declared`;
    if (declared.size === 0) return undefined;
    const schema = declared.get(answer.type);
    if (schema && answer.type === 'text/event-stream') return undefined;
    return schema ? this.mismatch(schema, answer.text) : `${answer.type} is not declared`;
  }

  private faultOfProblem(
    { status, type, text }: FuzzAnswer,
    codes: readonly string[] | undefined,
  ): string | undefined {
    if (type !== 'application/problem+json') return `a problem came as ${type}`;
    if (/\n\s+at |node_modules|SELECT |INSERT /.test(text)) return `tells our inside: ${text}`;
    const { errors = {}, code = '' }: { errors?: object; code?: string } = JSON.parse(text);
    if (codes && !codes.includes(code)) return `the code ${code} is not declared`;
    if (status === 400 && Object.keys(errors).length === 0) return `names no field: ${text}`;
    return this.mismatch({ $ref: 'document#/components/schemas/ProblemView' }, text);
  }

  /** What of a JSON text is not as its schema says. */
  mismatch(schema: Schema, text: string): string | undefined {
    const validate = this.validatorOf(schema);
    if (validate(JSON.parse(text))) return undefined;
    return `is not as declared: ${this.ajv.errorsText(validate.errors)} in ${text.slice(0, 2000)}`;
  }

  private validatorOf(schema: Schema): ValidateFunction {
    const known = this.compiled.get(schema);
    if (known) return known;
    const text = JSON.stringify(schema).replaceAll('"#/', '"document#/');
    const made = this.ajv.compile(JSON.parse(text));
    this.compiled.set(schema, made);
    return made;
  }
}

/** An answer's member that the document does not know is a mistake of one of them. */
function close(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const isObject = 'properties' in value && 'type' in value && value.type === 'object';
  return isObject ? { additionalProperties: false, ...value } : value;
}
