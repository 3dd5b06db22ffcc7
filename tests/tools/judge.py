"""pandoc 3.10 as a judge, and documents made comparable. For the suites of filters."""
import hashlib
import json
import os
import re
import select
import subprocess
import sys

sys.setrecursionlimit(20000)  # documents may be nested deep

HERE = os.path.dirname(os.path.abspath(__file__))
ORGDRAFT = os.path.abspath(os.environ.get(
    'ORGDRAFT', os.path.join(os.environ.get('BUILD', 'build'), 'orgdraft')))
ENVIRONMENT = {'LC_ALL': 'C', 'NO_COLOR': '1', 'PATH': os.environ.get('PATH', '')}


PATIENCE = 60  # seconds for one job
ENDLESS = '! pandoc does not end'


class Pandoc:
    """pandoc 3.10 as WebAssembly, one job after the other; needs node and PANDOC_WASM."""

    def __init__(self):
        self.start()

    def start(self):
        self.process = subprocess.Popen(['node', HERE + '/pandoc3.mjs', '--serve'], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def filter(self, folder, document, script=None):
        """Returns what comes of a document; names are relative to the folder."""
        options = {'from': 'json' if document.endswith('.json') else 'gfm', 'to': 'json',
                   'input-files': [document]}
        if script:
            options['filters'] = [{'type': 'lua', 'path': script}]
        self.process.stdin.write(json.dumps({'dir': folder, 'opts': options}) + '\n')
        self.process.stdin.flush()
        if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
            self.process.kill()
            self.start()
            return ENDLESS
        answer = json.loads(self.process.stdout.readline())
        return comparable(answer['out'], answer['err'])


def filter_here(folder, document, script=None):
    """Likewise through `orgdraft filter`, in its cage."""
    command = [ORGDRAFT, 'filter', '-f', 'json' if document.endswith('.json') else 'gfm', '-t', 'json']
    if script:
        command += ['-L', script]
    done = subprocess.run(command + [document], capture_output=True, check=False, cwd=folder,
                          env=ENVIRONMENT, text=True, errors='replace')
    if done.returncode not in (0, 83):
        return 'EXIT %d %s' % (done.returncode, done.stderr)
    return comparable(done.stdout, done.stderr)


def comparable(out, err):
    """A document as one line that is the same for equal documents; `! message` when there is none."""
    if not out.strip():
        lines = [line for line in err.split('\n') if 'Error running filter' not in line]
        return '! ' + re.sub(r'0x[0-9a-f]+', 'ADDRESS', lines[0] if lines else '')
    document = json.loads(out)
    del document['pandoc-api-version']
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(',', ':'))


def digest(text):
    return hashlib.sha256(text.encode('utf8', 'surrogatepass')).hexdigest()[:10]


def difference(theirs, ours, width=160):
    """The place where two answers part, as two lines."""
    pairs = enumerate(zip(theirs, ours))
    at = next((i for i, (a, b) in pairs if a != b), min(len(theirs), len(ours)))
    cut = slice(max(0, at - width // 2), at + width)
    return '  pandoc: …%s\n  here:   …%s' % (theirs[cut], ours[cut])
