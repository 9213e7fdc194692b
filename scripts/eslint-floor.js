/**
 * ESLint rule: what reaches a browser uses only what Chromium 109 knows. eslint-plugin-compat brings old data
 * and knows few methods; this asks MDN's current tables. It reports
 *   - a global that came later                        new CloseWatcher()
 *   - a static member that came later                 Object.groupBy(…), AbortSignal.any(…)
 *   - a call of a method of lists, sets, texts or elements whose name no older interface has   list.toSorted()
 * A guarded use passes: `scheduler.yield?.()`, `typeof CloseWatcher`, `'groupBy' in Object`.
 */
import { readFileSync } from 'node:fs';

const floor = 109;
/** The types of an object are not known here, so only methods of these are judged by their name. */
const judgedByName = [
  'Array',
  'String',
  'Set',
  'Uint8Array',
  'Blob',
  'Element',
  'HTMLElement',
  'Document',
  'Scheduler',
];

/**
 * @typedef {{ version_added?: string | boolean | null, flags?: unknown[] }} Support
 * @typedef {{ __compat?: { support: { chrome?: Support | Support[] } }, [name: string]: unknown }} Feature
 */

/** @type {{ api: Record<string, Feature>, javascript: { builtins: Record<string, Feature> } }} */
const mdn = JSON.parse(readFileSync(new URL(import.meta.resolve('@mdn/browser-compat-data')), 'utf8'));

/**
 * The first Chrome that has the feature without a flag; Infinity when none has.
 * @param {Feature | undefined} feature
 */
function since(feature) {
  const support = feature?.__compat?.support.chrome;
  if (!support) return 0;
  const versions = [support]
    .flat()
    .filter((one) => !one.flags)
    .map((one) => (one.version_added === true ? 0 : Number.parseFloat(String(one.version_added))));
  return Math.min(Infinity, ...versions.filter((version) => !Number.isNaN(version)));
}

/** @type {Map<string, number>} global name → first Chrome */
const globals = new Map();
/** @type {Map<string, number>} `Global.member` → first Chrome */
const statics = new Map();
/** @type {Map<string, number>} member of whatever → first Chrome that has any of that name */
const members = new Map();
/** @type {Set<string>} */
const judged = new Set();

for (const table of [mdn.api, mdn.javascript.builtins])
  for (const [name, feature] of Object.entries(table)) {
    if (name === '__compat') continue;
    globals.set(name, since(feature));
    for (const [key, member] of Object.entries(feature)) {
      if (key === '__compat' || !/^[a-z]\w*$/i.test(key) || /_(event|parameter|support)$/.test(key)) continue;
      const plain = key.replace(/_static$/, '');
      const first = since(/** @type {Feature} */ (member));
      statics.set(`${name}.${plain}`, first);
      members.set(plain, Math.min(first, members.get(plain) ?? Infinity));
      if (judgedByName.includes(name)) judged.add(plain);
    }
  }

/**
 * @typedef {Parameters<import('eslint').SourceCode['getScope']>[0]} Node
 * @typedef {Extract<Node, { type: 'Identifier' }>} Identifier
 */

/** @type {import('eslint').Rule.RuleModule} */
export const knownTo109 = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { newer: 'Chromium 109, the last for Windows 7, lacks {{what}}.' },
  },
  create(context) {
    /**
     * Where the name comes from: the browser, an import, or something else that the file declares.
     * @param {Identifier} node
     */
    const origin = (node) => {
      /** @type {import('eslint').Scope.Scope | null} */
      let scope = context.sourceCode.getScope(node);
      for (; scope; scope = scope.upper) {
        const definitions = scope.set.get(node.name)?.defs;
        if (definitions && definitions.length > 0)
          return definitions.some(({ type }) => type === 'ImportBinding') ? 'import' : 'file';
      }
      return 'browser';
    };
    /**
     * @param {Node} node
     * @param {string} what
     */
    const report = (node, what) => context.report({ node, messageId: 'newer', data: { what } });
    return {
      MemberExpression(node) {
        if (node.computed || node.property.type !== 'Identifier') return;
        const { name } = node.property;
        const object = node.object.type === 'Identifier' ? node.object : undefined;
        const from = object && origin(object);
        if (object && from === 'browser') {
          if ((globals.get(object.name) ?? 0) > floor) return report(object, object.name);
          const what = `${object.name}.${name}`;
          if ((statics.get(what) ?? 0) > floor) return report(node, what);
        }
        const { parent } = node;
        const isCalled = parent.type === 'CallExpression' && parent.callee === node && !parent.optional;
        // v.union() of an imported module is that module's
        if (isCalled && from !== 'import' && judged.has(name) && (members.get(name) ?? 0) > floor)
          report(node.property, `.${name}()`);
      },
      'NewExpression > Identifier.callee, CallExpression > Identifier.callee'(
        /** @type {Identifier} */ node,
      ) {
        if ((globals.get(node.name) ?? 0) > floor && origin(node) === 'browser') report(node, node.name);
      },
    };
  },
};
