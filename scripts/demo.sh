#!/bin/sh
# Shows the main job on a sample: what is missing, the data file, the filled report. Works in a folder
# of its own and leaves nothing behind.
set -eu
orgdraft=$PWD/${BUILD:-build}/orgdraft
samples=$PWD/samples
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cp "$samples/reading-meeting.txt" report.txt
cp "$samples/reading-meeting.data.yaml" data.yaml

# Runs a command line and shows the first LINES lines of what it says, and the last one.
show() { # LINES ARGUMENT…
    lines=$1
    shift
    echo
    echo "\$ orgdraft $*"
    status=0
    "$orgdraft" "$@" >.said 2>&1 || status=$?
    said=$(wc -l <.said)
    head -n "$lines" .said
    if [ "$said" -gt "$lines" ]; then
        [ "$said" -eq $((lines + 1)) ] || echo '…'
        tail -n 1 .said
    fi
    echo "(exit code $status)"
}

echo 'A report with 30 blanks, samples/reading-meeting.txt, and a list of facts beside it.'
show 5 check report.txt
show 12 fields --skeleton report.txt
echo
echo 'Somebody writes the facts behind the keys: samples/reading-meeting.data.yaml'
head -n 8 data.yaml
echo '…'
show 3 fill report.txt -d data.yaml -o filled.txt
show 3 check filled.txt
echo
cmp filled.txt "$samples/reading-meeting.filled.txt" &&
    echo 'filled.txt is what a person would have written, byte for byte: samples/reading-meeting.filled.txt'
