import { describe, expect, it } from 'vitest'
import { childOf, childrenOf, fieldsOf, parseXml, textAt } from '../../../src/engine/formats/xml.ts'
import { rootChildren } from '../../../src/engine/formats/xml-parts.ts'
import { writeXml, type XmlContent } from '../../../src/engine/formats/xml-write.ts'
import { caught } from '../../fixtures/caught.ts'

const parsed = (text: string) => parseXml(text, 'a.xml')

describe('an XML file', () => {
  it('keeps the order of elements of different names', () => {
    const root = parsed('<image><box/><mask/><box/></image>')
    expect(root.children.map(({ name }) => name)).toEqual(['box', 'mask', 'box'])
  })

  it('gives attributes and texts as they are, numbers not turned', () => {
    const root = parsed('\uFEFF<?xml version="1.0"?>\n<a id="007"> 1.50 <b>true</b></a>')
    expect({ ...root.attributes }).toEqual({ id: '007' })
    expect(root.text).toBe('1.50')
    expect(textAt(root, 'b')).toBe('true')
    expect(textAt(root, 'b', 'c')).toBeUndefined()
  })

  it('replaces the entities of XML once, and none in CDATA', () => {
    const root = parsed('<a n="&lt;x&gt; &#228;&#x1F600;">&amp;lt;<![CDATA[&amp;]]></a>')
    expect(root.attributes.n).toBe('<x> ä😀')
    expect(root.text).toBe('&lt;&amp;')
  })

  it('leaves comments out', () => {
    expect(parsed('<!-- a --><a><!-- <b/> --><c/></a>').children).toHaveLength(1)
  })

  it('finds children by name', () => {
    const root = parsed('<a><b>1</b><c><d/></c><b>2</b></a>')
    expect(childOf(root, 'b')?.text).toBe('1')
    expect(childrenOf(root, 'b').map(({ text }) => text)).toEqual(['1', '2'])
    expect({ ...fieldsOf(root) }).toEqual({ b: '1' })
  })

  it('has no attribute or field that the file does not have', () => {
    const root = parsed('<a/>')
    expect(root.attributes.constructor).toBeUndefined()
    expect(fieldsOf(root).toString).toBeUndefined()
  })
})

describe('a broken or hostile XML file', () => {
  const refused = (text: string) => caught(() => parsed(text))

  it('is refused with its line', () => {
    const error = refused('<a>\n<b></c>\n</a>')
    expect(error.code).toBe('bad-dataset')
    expect(error.message).toMatch(/^a\.xml: line 2, /)
  })

  it.each([
    ['nothing', ''],
    ['no XML', 'hello'],
    ['two roots', '<a/><b/>'],
    ['an end within an element', '<a><b>'],
    ['an entity that XML does not have', '<a>&nbsp;</a>'],
    ['a bare ampersand', '<a n="this & that"/>'],
    ['a character beyond Unicode', '<a>&#x110000;</a>'],
  ])('is refused for %s', (_what, text) => {
    expect(refused(text).code).toBe('bad-dataset')
  })

  it('is refused for a document type, before anything grows', () => {
    const lol = '<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;">]><a>&m;</a>'
    expect(refused(lol).message).toContain('DOCTYPE')
    const outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    expect(refused(outside).message).toContain('DOCTYPE')
  })

  it.each(['__proto__', 'constructor'])(
    'changes no object by an element of the name %s',
    (name) => {
      try {
        parsed(`<a ${name}="x"><${name}><polluted>1</polluted></${name}></a>`)
      } catch (error) {
        expect(error).toMatchObject({ code: 'bad-dataset' })
      }
      expect(Reflect.get({}, 'polluted')).toBeUndefined()
    },
  )
})

describe('the children of a large root', () => {
  const children = (text: string) => [...rootChildren(text, 'a.xml')]

  it('come one at a time, as in the whole tree', () => {
    const text =
      '<?xml version="1.0"?><r><!-- </r> --><a n="1>2"><a/></a>\n<b/> <c><![CDATA[</c>]]></c></r>\n'
    expect(children(text)).toEqual(parsed(text).children)
    expect(children(text).map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })

  it('are given until the place that is broken', () => {
    const parts = rootChildren('<r>\n<a/>\n<b><c></b>\n</r>', 'a.xml')
    expect(parts.next().value).toMatchObject({ name: 'a' })
    expect(caught(() => parts.next()).message).toMatch(/^a\.xml, line 3: /)
  })

  it.each([
    ['an end within an element', '<r><a>'],
    ['a tag that is cut', '<r><a n="1'],
    ['two roots', '<r></r><r></r>'],
    ['a document type', '<!DOCTYPE r><r/>'],
    ['no element', 'hello'],
  ])('are refused for %s', (_what, text) => {
    expect(caught(() => children(text)).code).toBe('bad-dataset')
  })
})

describe('a written XML file', () => {
  const content: XmlContent = {
    name: 'a',
    attributes: { n: '<"\n\t&>\'', i: 3 },
    children: [{ name: 'b', text: 'ä & <c>' }, { name: 'd' }, { name: 'e', children: [] }],
  }

  it('is read again as what was written', () => {
    const root = parsed(writeXml(content))
    expect({ ...root.attributes }).toEqual({ n: '<"\n\t&>\'', i: '3' })
    expect(root.children.map(({ name, text }) => [name, text])).toEqual([
      ['b', 'ä & <c>'],
      ['d', ''],
      ['e', ''],
    ])
  })

  it('is indented by two spaces a level', () => {
    expect(writeXml({ name: 'a', children: [{ name: 'b', text: 1 }] })).toBe(
      '<?xml version="1.0" encoding="utf-8"?>\n<a>\n  <b>1</b>\n</a>\n',
    )
  })

  it('refuses a control character, which XML cannot hold', () => {
    expect(caught(() => writeXml({ name: 'a', text: 'x\u0001' })).code).toBe('bad-dataset')
  })
})
