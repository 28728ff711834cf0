import { createRequire } from 'node:module';
import type { Ajv } from 'ajv';
import { re2 } from '../../syntax/re2';

const load = createRequire(__filename);

/** A validator for what {@link jsonSchemaOf} makes. Most platforms have no schemas: it is read only where one does. */
export function newValidator(): Ajv {
  const { Ajv: AjvClass } = load('ajv') as { Ajv: typeof Ajv };
  return new AjvClass({
    allErrors: true,
    strict: false,
    validateFormats: false,
    unicodeRegExp: false,
    // What every object of JavaScript has, such as `constructor`, is nobody's field.
    ownProperties: true,
    logger: false,
    // What is compiled is made here, and compiling what would check it takes longer than all else.
    meta: false,
    validateSchema: false,
    code: { regExp },
  });
}

/** Patterns as the API server reads them, which end whatever they are. */
function regExp(pattern: string): { test(text: string): boolean; toString(): string } {
  const read = re2(pattern);
  return {
    // The API server refuses the definition, which is said of that.
    test: (text) => !('test' in read) || read.test(text),
    // The validator tells one from another by it.
    toString: () => pattern,
  };
}
regExp.code = 're2';
