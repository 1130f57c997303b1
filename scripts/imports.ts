import { type ESTree, parseSync, Visitor } from 'vite'

export interface Import {
  specifier: string
  /** From 1. */
  line: number
}

function text(node: ESTree.Node | null | undefined): string | null {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : null
}

/**
 * Everything that a module names to be loaded: imports and re-exports, types included, `import()`,
 * `import("…").Type`, `import x = require("…")` and `require("…")`.
 * @throws SyntaxError when `code` is not TypeScript
 */
export function importsOf(code: string, file: string): Import[] {
  const { program, errors } = parseSync(file, code)
  const [error] = errors
  if (error) throw new SyntaxError(error.message)
  const found: Import[] = []
  const add = (node: ESTree.Node | null | undefined): void => {
    const specifier = text(node)
    if (node && specifier !== null)
      found.push({ specifier, line: code.slice(0, node.start).split('\n').length })
  }
  new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add(source),
    TSImportType: ({ source }) => add(source),
    TSExternalModuleReference: ({ expression }) => add(expression),
    CallExpression({ callee, arguments: [first] }) {
      if (callee.type === 'Identifier' && callee.name === 'require') add(first)
    },
  }).visit(program)
  return found
}
