/** Elements of HTML that have no end. */
const VOID: readonly string[] = ['meta', 'link', 'input', 'br'];

const TAG = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<]*")?)*)\s*(\/?)>|<!doctype html>|[<>]/g;

/** What is wrong with the nesting of markup: tags that are not closed, and stray `<` and `>`. Style and script count as text. */
export function balanced(markup: string): string[] {
  const text = markup.replace(/(<(style|script)>)[^]*?(?=<\/\2>)/g, '$1');
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [tag, end, name, , alone] of text.matchAll(TAG)) {
    if (tag === '<!doctype html>') continue;
    if (name === undefined) wrong.push(`stray ${tag}`);
    else if (end === '/') {
      const last = open.pop();
      if (last !== name) wrong.push(`</${name}> closes <${last ?? ''}>`);
    } else if (alone !== '/' && !VOID.includes(name)) open.push(name);
  }
  return [...wrong, ...open.map((name) => `<${name}> is not closed`)];
}
