"""Documents made from a seed: the same on every machine and in every version of Python."""


class Dice:
    """A linear congruential generator (Knuth's MMIX)."""

    def __init__(self, seed):
        self.state = seed
        for _ in range(4):
            self.below(2)

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        return (self.state >> 33) % limit

    def pick(self, choices):
        return choices[self.below(len(choices))]

    def chance(self, percent):
        return self.below(100) < percent


WORDS = ('the of and review plan budget report site Friday Ann Bob approved open closed 12 3.5 2024-03-05 '
         'e.g. "quoted" it\'s 第二 项目 审批 完成 naïve café über Δx %title% {{blank}} :tada: AT&T').split()


def words(dice, least, most):
    return ' '.join(dice.pick(WORDS) for _ in range(least + dice.below(most - least + 1)))


def phrase(dice):
    form = dice.pick(['%s'] * 8 + ['*%s*', '**%s**', '`%s`', '[%s](https://example.org/p?q=1 "Title")',
                                   '~~%s~~', '$%s$', '![%s](img/a.png)', '**b *%s* c**', '<b>%s</b>'])
    return form % words(dice, 1, 6)


def sentence(dice):
    return dice.pick([' ', ' ', '\n']).join(phrase(dice) for _ in range(2 + dice.below(6))) + '.'


def paragraph(dice):
    return ' '.join(sentence(dice) for _ in range(1 + dice.below(4))) + '\n'


def bullet_list(dice, indent=''):
    mark = dice.pick(['- ', '- ', '1. ', '- [ ] ', '- [x] '])
    text = ''
    for _ in range(1 + dice.below(4)):
        text += indent + mark + words(dice, 1, 8) + '\n'
        if dice.chance(20) and len(indent) < 8:
            text += bullet_list(dice, indent + '   ')
    return text


def table(dice):
    width = 1 + dice.below(4)
    rows = [[words(dice, 1, 2) for _ in range(width)] for _ in range(2 + dice.below(4))]
    rule = [dice.pick(['---', ':--', '--:', ':-:']) for _ in range(width)]
    return ''.join('| %s |\n' % ' | '.join(row) for row in rows[:1] + [rule] + rows[1:])


def note(dice, number):
    return '%s[^%d]\n\n[^%d]: %s\n' % (words(dice, 2, 5), number, number, words(dice, 2, 9))


def block(dice, number):
    form = dice.below(20)
    if form < 9:
        return paragraph(dice)
    if form < 11:
        return '#' * (1 + dice.below(4)) + ' ' + words(dice, 1, 6) + '\n'
    if form < 13:
        return bullet_list(dice)
    if form == 13:
        return table(dice)
    if form == 14:
        return '```%s\nx = "%s"\n  y\n```\n' % (dice.pick(['', 'lua', 'python']), words(dice, 1, 4))
    if form == 15:
        return ''.join('> ' + line + '\n' for line in paragraph(dice).split('\n')[:-1])
    if form == 16:
        return note(dice, number)
    return dice.pick(['---\n', '<div class="x">\n\n%s\n\n</div>\n' % words(dice, 1, 5),
                      '> [!NOTE]\n> %s\n' % words(dice, 2, 9), '![%s](alone.png)\n' % words(dice, 1, 3)])


def large_markdown(seed, size):
    """A Markdown document of about `size` bytes."""
    dice = Dice(seed)
    parts = ['---\ntitle: A long *report*\nauthor: [Ann Lee, Bob]\nlimit: 3\n---\n']
    total = number = 0
    while total < size:
        number += 1
        parts.append(block(dice, number))
        total += len(parts[-1].encode()) + 1
    return '\n'.join(parts)
