#!/bin/sh
# Puts the locked packages of a requirements file and the project itself into .venv, and then the stamps that
# tell make so:   deploy/venv.sh REQUIREMENTS STAMP...
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
requirements=$1
shift

stop() {
    echo "xingping: $1" >&2
    exit 1
}

is_supported() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))'
}

pip() {
    .venv/bin/python -m pip --quiet --quiet --disable-pip-version-check --no-input "$@"
}

is_whole() {
    [ ! -e .venv/unfinished ] && is_supported .venv/bin/python && pip --version
}

check_python() {
    command -v "$python" >/dev/null ||
        stop "$python was not found; install Python 3.11 to 3.14, or name it: make run PYTHON=/path/to/python3"
    is_supported "$python" ||
        stop "Python 3.11 to 3.14 is needed, and $python is $("$python" -V 2>&1); name another: make run PYTHON=python3.12"
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        stop "$python comes without its venv module; on Debian and Ubuntu: apt install python3-venv"
}

fresh=
is_whole >/dev/null 2>&1 || { check_python && fresh=yes; }
echo "Installing into .venv (the first time takes about a minute) ..." >&2
[ -z "$fresh" ] || "$python" -m venv --clear .venv

# pip takes a package for installed that it was stopped in the middle of, so such a .venv is made anew.
touch .venv/unfinished
# The lock names every package, so it is installed as it is: a resolver would look at releases newer than those locked.
pip install --require-hashes --no-deps --requirement "$requirements"
pip install --no-deps --no-build-isolation --editable .
missing=$(.venv/bin/python -m pip --disable-pip-version-check check) || stop "$requirements is incomplete: $missing"
rm .venv/unfinished

interpreter=$(basename "$(realpath .venv/bin/python)")
for stamp in "$@"; do
    touch ".venv/$stamp-$interpreter"
done
