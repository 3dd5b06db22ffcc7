"""Random documents in pandoc's JSON and random small filters, made from a number."""
from samples import Dice

TEXTS = ('a', 'b', 'Word', 'two words', '', '12', '第二', 'naïve', '"q"', 'it\'s', '...', 'x_y',
         '\u00a0', 'Ünï', '😀', 'tail ', ' lead', 'a.b', '%v%')
NO_ATTR = ['', [], []]


def tag(name, *content):
    return {'t': name, 'c': content[0] if len(content) == 1 else list(content)}


class Tree:
    """Makes elements; `depth` says how much further down it goes."""

    def __init__(self, dice):
        self.dice = dice

    def attr(self):
        d = self.dice
        if d.chance(50):
            return NO_ATTR
        return [d.pick(['', 'i', 'id2']), [d.pick('xyz') for _ in range(d.below(3))],
                [[d.pick(['k', 'l', 'data-x']), d.pick(TEXTS)] for _ in range(d.below(3))]]

    def inlines(self, depth, most=5):
        return [self.inline(depth) for _ in range(self.dice.below(most + 1))]

    def text(self):
        return self.dice.pick(TEXTS)

    def inline(self, depth):
        d = self.dice
        if depth <= 0 or d.chance(45):
            return d.pick([tag('Str', self.text()), tag('Str', self.text()), {'t': 'Space'},
                           {'t': 'SoftBreak'}, {'t': 'LineBreak'}, tag('Code', self.attr(),
                           self.text()),
                           tag('Math', {'t': d.pick(['InlineMath', 'DisplayMath'])}, self.text()),
                           tag('RawInline', d.pick(['html', 'tex']), d.pick(['<b>', '<br>', 'x']))])
        kind = d.below(10)
        if kind < 4:
            return tag(d.pick(['Emph', 'Strong', 'Strikeout', 'Superscript', 'Subscript',
            'SmallCaps',
                               'Underline']), self.inlines(depth - 1))
        if kind == 4:
            return tag('Quoted', {'t': d.pick(['SingleQuote', 'DoubleQuote'])},
            self.inlines(depth - 1))
        if kind == 5:
            return tag('Cite', [self.citation(depth - 1) for _ in range(d.below(3))],
                       self.inlines(depth - 1))
        if kind < 8:
            return tag(d.pick(['Link', 'Image']), self.attr(), self.inlines(depth - 1),
                       [d.pick(['u', '#i', 'a/b.png']), d.pick(['', 't'])])
        if kind == 8:
            return tag('Note', self.blocks(depth - 1, 2))
        return tag('Span', self.attr(), self.inlines(depth - 1))

    def citation(self, depth):
        d = self.dice
        return {'citationId': d.pick(['k1', 'k2']), 'citationPrefix': self.inlines(depth, 2),
                'citationSuffix': self.inlines(depth, 2), 'citationNoteNum': d.below(3),
                'citationHash': 0,
                'citationMode': {'t': d.pick(['NormalCitation', 'AuthorInText', 'SuppressAuthor'])}}

    def blocks(self, depth, most=4):
        return [self.block(depth) for _ in range(self.dice.below(most + 1))]

    def items(self, depth, most=3):
        return [self.blocks(depth, 2) for _ in range(self.dice.below(most + 1))]

    def block(self, depth):
        d = self.dice
        kind = d.below(16) if depth > 0 else d.below(7)
        if kind < 4:
            return tag(d.pick(['Para', 'Para', 'Plain']), self.inlines(depth + 1, 7))
        if kind == 4:
            return tag('Header', 1 + d.below(6), self.attr(), self.inlines(depth))
        if kind == 5:
            return d.pick([{'t': 'HorizontalRule'}, tag('CodeBlock', self.attr(), self.text()),
                           tag('RawBlock', 'html', '<hr>')])
        if kind == 6:
            return tag('LineBlock', [self.inlines(depth) for _ in range(d.below(3))])
        if kind == 7:
            return tag('BlockQuote', self.blocks(depth - 1))
        if kind < 10:
            return tag('BulletList', self.items(depth - 1))
        if kind == 10:
            return tag('OrderedList', [d.below(5), {'t': d.pick(['Decimal', 'LowerRoman',
            'DefaultStyle'])},
                                       {'t': d.pick(['Period', 'OneParen', 'DefaultDelim'])}],
                       self.items(depth - 1))
        if kind == 11:
            return tag('DefinitionList', [[self.inlines(depth), self.items(depth - 1, 2)]
                                          for _ in range(d.below(3))])
        if kind < 14:
            return tag('Div', self.attr(), self.blocks(depth - 1))
        if kind == 14:
            return tag('Figure', self.attr(), self.caption(depth - 1), self.blocks(depth - 1, 2))
        return self.table(depth - 1)

    def caption(self, depth):
        return [self.inlines(depth, 2) if self.dice.chance(30) else None, self.blocks(depth, 1)]

    def rows(self, width, depth, most):
        d = self.dice
        return [[self.attr(), [[self.attr(), {'t': d.pick(['AlignDefault', 'AlignLeft'])},
                                1 + d.below(2) * d.below(2), 1 + d.below(2) * d.below(2),
                                self.blocks(depth, 1)] for _ in range(width)]]
                for _ in range(d.below(most + 1))]

    def table(self, depth):
        d = self.dice
        width = d.below(4)
        columns = [[{'t': d.pick(['AlignDefault', 'AlignRight'])},
                    d.pick([{'t': 'ColWidthDefault'}, tag('ColWidth',
                    0.25)])] for _ in range(width)]
        bodies = [[self.attr(), d.below(2), self.rows(width, depth, 1), self.rows(width, depth, 2)]
                  for _ in range(d.below(3))]
        return tag('Table', self.attr(), self.caption(depth), columns,
                   [self.attr(), self.rows(width, depth, 1)], bodies, [self.attr(), self.rows(width,
                   depth, 1)])

    def meta(self, depth):
        d = self.dice
        kind = d.below(6 if depth > 0 else 4)
        if kind == 0:
            return tag('MetaString', self.text())
        if kind == 1:
            return tag('MetaBool', bool(d.below(2)))
        if kind == 2:
            return tag('MetaBlocks', self.blocks(1, 2))
        if kind == 3:
            return tag('MetaInlines', self.inlines(1))
        if kind == 4:
            return tag('MetaList', [self.meta(depth - 1) for _ in range(d.below(3))])
        return tag('MetaMap', {key: self.meta(depth - 1) for key in ['n', 'm'][:d.below(3)]})

    def document(self):
        d = self.dice
        meta = {key: self.meta(2) for key in ['title', 'b', 'z'] if d.chance(35)}
        return {'pandoc-api-version': [1, 23, 1], 'meta': meta, 'blocks': self.blocks(3, 6)}


# ---- filters -------------------------------------------------------------------------------------

INLINES = ('Str', 'Space', 'SoftBreak', 'Emph', 'Strong', 'Quoted', 'Cite', 'Code', 'Math', 'Link',
    'Image', 'Note',
           'Span', 'Inline', 'LineBreak', 'SmallCaps', 'RawInline')
BLOCKS = ('Para', 'Plain', 'Header', 'Div', 'BulletList', 'OrderedList', 'BlockQuote', 'Table',
    'Figure', 'CodeBlock',
          'Block', 'DefinitionList', 'LineBlock', 'HorizontalRule', 'RawBlock')

# What a function does with `x`; `%s` is an inner filter.
WITH_INLINE = (
    'return {}', 'return nil', 'return x', "return 'new words'", "return pandoc.Emph{x}",
    "return {x, x}",
    "return {pandoc.Str '<', x, pandoc.Str '>'}", "return {x, 'y z', pandoc.Space()}",
    'return x.content',
    "if x.text then x.text = x.text .. '!' return x end",
    'if x.text then x.text = x.text:upper() end',
    "if x.content and x.t ~= 'Note' then x.content:insert(pandoc.Str 'in') return x end",
    "if x.content and x.t ~= 'Note' then x.content = 'set here' return x end",
    "if x.content then x.content[1] = nil return x end",
    "if x.classes then x.classes:insert 'c' x.attributes.k = 'v' return x end",
    "if x.attr then x.attr = {'n', {'m'}, {k = 'w'}} return x end",
    'return pandoc.Span({x}, {class = x.t})', 'return pandoc.Note{pandoc.Para{x}}, false',
    'return x:walk(%s)', 'return pandoc.Inlines{x}:walk(%s)', 'return nil, false',
    'return x, false',
    "return pandoc.Str(pandoc.utils.stringify(x))",
    'local c = x:clone() return {c, pandoc.Space(), x}',
    "if x.target then x.target = x.target .. '?' return x end",
    "if x.citations then for _, c in ipairs(x.citations) do c.id = c.id .. 'z' c.prefix:insert(pandoc.Str 'p') end return x end",
    "return pandoc.Str(tostring(x == x:clone()) .. x.tag)", 'return tostring(x)',
    "if x.t == 'Str' then return pandoc.Inlines(x.text) end", "error('stop at ' .. x.t)")
WITH_BLOCK = (
    'return {}', 'return nil', 'return x', "return 'new words'", 'return pandoc.Div{x}',
    'return {x, pandoc.HorizontalRule()}',
    'return x.content', "return pandoc.Para{pandoc.Str(pandoc.utils.stringify(x))}",
    'return pandoc.Str(x.t)',
    "if x.content then x.content:remove(1) return x end",
    'if x.content then x.content = {} return x end',
    "if x.content then return pandoc.Para(pandoc.utils.blocks_to_inlines{x}) end",
    "if x.level then x.level = x.level + 1 return x end", 'return x:walk(%s)',
    'return pandoc.Blocks{x, x}:walk(%s)',
    "if x.identifier then x.identifier = x.identifier .. '-' .. #x.classes return x end",
    "if x.classes then x.classes = {'only'} x.attributes.z = nil return x end",
    'return nil, false', 'return pandoc.BlockQuote{x}, false', 'return {x}, false',
    "if x.caption then x.caption.long:insert(pandoc.Plain 'more') x.caption.short = 's' return x end",
    "if x.bodies then for _, b in ipairs(x.bodies) do b.body:insert(pandoc.Row{pandoc.Cell 'new'}) end return x end",
    "if x.bodies then return pandoc.utils.from_simple_table(pandoc.utils.to_simple_table(x)) end",
    "if x.start then x.start = 7 x.style = 'UpperAlpha' return x end",
    'return pandoc.BulletList{x, {x}}', "return pandoc.CodeBlock(tostring(x))",
    'return {pandoc.Plain "p", "text only"}',
    "if x.t == 'DefinitionList' then for _, i in ipairs(x.content) do i[1]:insert(pandoc.Str ':') end return x end",
    "if x.text then return pandoc.read(x.text, 'gfm').blocks end", "error('stop at ' .. x.t)")
WITH_INLINES = (
    'return x', 'return {}', "return 'flat text'", 'x:insert(pandoc.Str "end") return x',
    'return x:filter(function(i) return i.t ~= "Space" end)',
    'if #x > 2 then x:remove(2) return x end', 'return x .. x', 'return x:walk(%s)',
    'return x, false', 'if #x > 3 then return x, false end',
    'return x:map(function(i) return pandoc.Span{i} end)', 'if x[1] then return x[1] end',
    "return pandoc.Inlines(tostring(#x)) .. x",
    "local out = pandoc.Inlines{} for i = #x, 1, -1 do out:insert(x[i]) end return out")
WITH_BLOCKS = (
    'return x', 'return {}', "return 'flat text'", 'x:insert(pandoc.HorizontalRule()) return x',
    'return x:walk(%s)',
    'if #x > 1 then x:remove() return x end', 'return {pandoc.Div(x)}, false',
    'return pandoc.Blocks(x:map(function(b) return b.t == "Para" and pandoc.Plain(b.content) or b end))',
    'if #x > 2 then return x, false end', "return {pandoc.Plain(tostring(#x)), table.unpack(x)}",
    "return pandoc.utils.make_sections(true, nil, x)",
    'return x:filter(function(b) return b.t ~= "Para" end)')
WITH_META = ('x.new = "s" return x', 'x.title = nil return x',
    'for k, v in pairs(x) do x[k] = pandoc.utils.stringify(v) end return x',
             'return {only = {pandoc.Str "a"}}', 'x.list = {x.title, "s"} return x',
             'x.n = 5 x.t = true x.m = {a = {b = x.b}} return x')
WITH_DOCUMENT = ('x.blocks:insert(pandoc.Para "last") return x', 'return x:walk(%s)',
    'return pandoc.Pandoc(x.blocks, {})',
                 'x.meta.count = tostring(#x.blocks) return x', 'return x:normalize()',
                 'x.blocks = x.blocks:filter(function(b) return b.t ~= "Para" end) return x',
                 'return pandoc.Pandoc(pandoc.structure.make_sections(x, {number_sections = true}), x.meta)',
                 'return pandoc.Pandoc({pandoc.structure.table_of_contents(x)}, x.meta) .. x')
KINDS = ((INLINES, WITH_INLINE), (INLINES, WITH_INLINE), (BLOCKS, WITH_BLOCK), (BLOCKS, WITH_BLOCK),
    (('Inlines',), WITH_INLINES),
         (('Blocks',), WITH_BLOCKS), (('Meta',), WITH_META), (('Pandoc',), WITH_DOCUMENT))


def handlers(dice, inner):
    """The functions of a filter, {name: body}; a filter within a filter has no other in it."""
    chosen = {}
    for _ in range(1 + dice.below(3)):
        names, bodies = dice.pick(KINDS[:6] if inner else KINDS)
        body = dice.pick([b for b in bodies if not (inner and '%s' in b)])
        chosen[dice.pick(names)] = body.replace('%s', '{%s}' % fields(dice,
        True)) if '%s' in body else body
    return chosen


def never_ends(body):
    """Going topdown, a function that puts an element into another of its kind is asked for ever."""
    return not body.endswith('false') and any(
        part in body for part in ('{x', 'x, x', 'make_sections', 'Span{i}'))


def fields(dice, inner):
    topdown = dice.chance(40)
    chosen = handlers(dice, inner)
    if topdown and any(never_ends(body) for body in chosen.values()):
        topdown = False
    parts = ["traverse = 'topdown'"] if topdown else []
    return ', '.join(parts + ['%s = function(x) %s end' % pair for pair in sorted(chosen.items())])


def case(number):
    """Returns a document and the text of a filter."""
    dice = Dice(number)
    document = Tree(dice).document()
    filters = ',\n'.join('{%s}' % fields(dice, False) for _ in range(1 + dice.below(2)))
    return document, 'return {\n%s\n}\n' % filters
