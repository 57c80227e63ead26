import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/**
 * Every class of the renderer has a rule and every rule has a user: a class that was renamed on one side only looks
 * like nothing at all until somebody opens that page.
 */

const RENDERER = path.resolve(import.meta.dirname, '../../../renderer');

/** Classes that need no rule, and why. */
const WITHOUT_RULE: Readonly<Record<string, string>> = {
  'bundle-file': 'tests that drive the window find the row by it',
  receipts: 'tests that drive the window find the list by it',
};

interface Used {
  readonly names: ReadonlySet<string>;
  /** What stands before a part that only the running program knows, such as `button-`. */
  readonly beginnings: ReadonlySet<string>;
}

/** The classes that a file gives to elements: `className` of an element, or its default value. */
function usedIn(text: string): Used {
  const names = new Set<string>();
  const beginnings = new Set<string>();
  const words = (value: string) => value.split(/\s+/).filter((word) => word !== '');
  const collect = (node: ts.Node | undefined): void => {
    if (node === undefined) return;
    if (ts.isStringLiteralLike(node)) for (const word of words(node.text)) names.add(word);
    else if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node)) collect(node.expression);
    else if (ts.isConditionalExpression(node)) {
      collect(node.whenTrue);
      collect(node.whenFalse);
    } else if (ts.isTemplateExpression(node)) {
      let before = node.head.text;
      for (const { expression, literal } of node.templateSpans) {
        const isOpen = /\S$/.test(before);
        const whole = words(before);
        if (isOpen) beginnings.add(whole.pop() ?? '');
        for (const word of whole) names.add(word);
        collect(expression);
        before = literal.text;
      }
      for (const word of words(before)) names.add(word);
    }
  };
  const visit = (node: ts.Node): void => {
    const isClass =
      (ts.isJsxAttribute(node) || ts.isBindingElement(node)) && node.name.getText() === 'className';
    if (isClass) collect(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('a.tsx', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return { names, beginnings };
}

/** The classes that a style sheet has rules for. */
function ruledIn(css: string): ReadonlySet<string> {
  const bare = css.replaceAll(/\/\*[\s\S]*?\*\/|"[^"]*"|'[^']*'|url\([^)]*\)/g, '');
  const selectors = [...bare.matchAll(/([^{}]*)\{/g)].map(([, selector = '']) => selector);
  const found = selectors.flatMap((selector) => [...selector.matchAll(/\.([a-z_][\w-]*)/gi)]);
  return new Set(found.map(([, name = '']) => name));
}

const read = (pattern: string): readonly string[] =>
  globSync(pattern, { cwd: RENDERER }).map((file) => readFileSync(path.join(RENDERER, file), 'utf8'));

/** @param sources in which the other half of a class with a beginning has to be named */
function differences(used: readonly Used[], ruled: ReadonlySet<string>, sources: readonly string[]) {
  const names = new Set(used.flatMap((one) => [...one.names]));
  const beginnings = [...new Set(used.flatMap((one) => [...one.beginnings]))];
  const isComposed = (name: string) =>
    beginnings.some((beginning) => {
      if (!name.startsWith(beginning)) return false;
      const rest = name.slice(beginning.length);
      return sources.some((text) => text.includes(`'${rest}'`) || text.includes(`${rest}:`));
    });
  return {
    withoutRule: [
      ...[...names].filter((name) => !ruled.has(name)),
      ...beginnings.filter((beginning) => ![...ruled].some((name) => name.startsWith(beginning))),
    ],
    unused: [...ruled].filter((name) => !names.has(name) && !isComposed(name)),
  };
}

describe('the classes of the renderer', () => {
  const sources = [...read('**/*.tsx'), ...read('**/*.ts')];
  const shared = globSync('**/*.ts', { cwd: path.join(RENDERER, '../shared') }).map((file) =>
    readFileSync(path.join(RENDERER, '../shared', file), 'utf8'),
  );
  const found = differences(read('**/*.tsx').map(usedIn), ruledIn(read('**/*.css').join('\n')), [
    ...sources,
    ...shared,
  ]);

  it('have a rule each', () => {
    expect(found.withoutRule.toSorted()).toEqual(Object.keys(WITHOUT_RULE).toSorted());
  });

  it('are used where there is a rule', () => {
    expect(found.unused).toEqual([]);
  });
});

describe('the search itself', () => {
  const used = usedIn(
    "const A = ({ className = 'given' }) => <p className={`row row-${look}${wide ? ' row-wide' : ''}`}>" +
      "<b className={kind === 'code' ? 'one two' : 'three'} /></p>;",
  );

  it('finds classes in every way in which they are written, and no conditions', () => {
    expect([...used.names].toSorted()).toEqual(['given', 'one', 'row', 'row-wide', 'three', 'two']);
    expect([...used.beginnings]).toEqual(['row-']);
  });

  it('finds rules, and neither numbers nor texts nor comments', () => {
    const css = "/* .gone */ .a:not(.b) > .c { margin: .5em; content: '.d'; } @media (x) { .e { top: 0 } }";
    expect([...ruledIn(css)].toSorted()).toEqual(['a', 'b', 'c', 'e']);
  });

  it('tells what is missing on either side', () => {
    const ruled = new Set(['given', 'row', 'row-plain', 'row-gone', 'one', 'two', 'three', 'four']);
    expect(differences([used], ruled, ["look = 'plain'"])).toEqual({
      withoutRule: ['row-wide'],
      unused: ['row-gone', 'four'],
    });
  });
});
