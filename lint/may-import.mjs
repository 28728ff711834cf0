import { dirname, relative, resolve } from 'node:path';

/** A folder of `lib/`, a file that stands in `lib/` itself, or another folder of the project: `lib/check`, `lib/platform`, `cli`. */
function partOf(path) {
  const [first, second = ''] = path.split('/');
  return first === 'lib' ? `lib/${second.replace(/\.ts$/, '')}` : first;
}

/** Files of one part import those of the parts, and the packages among those that are named, that the part may import. */
export const mayImport = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object' }, { type: 'array', items: { type: 'string' } }],
    messages: { unlisted: '{{from}} may not import {{to}}: imports point one way, see eslint.config.mjs.' },
  },
  create(context) {
    const [allowed, packages] = context.options;
    const from = partOf(relative(context.cwd, context.filename));
    const look = ({ source }) => {
      const name = source?.value;
      if (typeof name !== 'string') return;
      const to = name.startsWith('.') ? partOf(relative(context.cwd, resolve(dirname(context.filename), name))) : name;
      const isHeld = name.startsWith('.') ? to !== from : packages.includes(name);
      if (!isHeld || allowed[from]?.includes(to)) return;
      context.report({ node: source, messageId: 'unlisted', data: { from, to } });
    };
    return {
      ImportDeclaration: look,
      ExportNamedDeclaration: look,
      ExportAllDeclaration: look,
      ImportExpression: look,
    };
  },
};
