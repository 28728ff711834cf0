import type { ErrorCode, YAMLError } from 'yaml';

/** What is wrong with a text that is no YAML, by the codes of the parser: its own messages repeat what stands there, which may be a Secret. */
const PROBLEMS: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias has no anchor and no tag of its own',
  BAD_ALIAS: 'this alias stands for nothing: its anchor must come before it, and be named without a colon at its end',
  BAD_COLLECTION_TYPE: 'this tag is not for a mapping or a list of this kind',
  BAD_DIRECTIVE: 'this directive is not known',
  BAD_DQ_ESCAPE: 'an escape in double quotation marks is none of YAML: write \\\\ for a backslash, or use single ones',
  BAD_INDENT: 'the indentation does not fit what is around it, or a bracket or brace is not closed',
  BAD_PROP_ORDER: 'an anchor or a tag stands in a wrong place: it goes in front of its value',
  BAD_SCALAR_START: 'a text cannot begin with this character: put it in quotation marks',
  BLOCK_AS_IMPLICIT_KEY: 'nested mappings cannot be in one line: put a text with ": " in it in quotation marks',
  BLOCK_IN_FLOW: 'within brackets or braces there are no mappings and lists by indentation',
  DUPLICATE_KEY: 'a key stands twice in one mapping',
  IMPOSSIBLE: 'this cannot be read as YAML',
  KEY_OVER_1024_CHARS: 'a key has more than 1024 characters',
  MISSING_CHAR: 'a character is missing: the end of a quotation, bracket or brace, a comma, or the space after a colon',
  MULTILINE_IMPLICIT_KEY: 'a key is on several lines: a colon is missing, or the indentation is wrong',
  MULTIPLE_ANCHORS: 'a value has two anchors',
  MULTIPLE_DOCS: 'there are several documents where one is to be',
  MULTIPLE_TAGS: 'a value has two tags',
  NON_STRING_KEY: 'a key is no text',
  RESOURCE_EXHAUSTION: 'it is nested too deeply',
  TAB_AS_INDENT: 'tabs cannot indent: use spaces',
  TAG_RESOLVE_FAILED: 'this tag is not known, or its value does not fit it',
  UNEXPECTED_TOKEN: 'this is not expected here: look for a wrong indentation, or a text that needs quotation marks',
};

/** Said of a document that names an anchor of which there is none, or that its aliases make too large. */
export const NO_ALIAS = 'is no YAML: an alias stands for nothing, or for too much';

/** What is wrong with a text that is no YAML, in one line in which nothing of the text stands. */
export function yamlProblem({ code }: Pick<YAMLError, 'code'>): string {
  return `is no YAML: ${PROBLEMS[code]}`;
}
