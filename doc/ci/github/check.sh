#!/usr/bin/env bash
# The step of action.yml: checks all models that git knows in the folder of the job, prints annotations,
# and writes SARIF. Ends as stridec check does. MODELS, a pattern a line, and ARGUMENTS, words with blanks
# between, come from the action's inputs. Without a stridec on the path it builds that of this repository.
# SPDX-License-Identifier: MIT
set -euo pipefail

if ! command -v stridec >/dev/null; then
    source=$(cd "${GITHUB_ACTION_PATH:?}/../../.." && pwd)
    make -C "$source" deps all >&2
    PATH=$source/build:$PATH
fi

# Names with blanks and names like options are names. Decisions are read with their models.
mapfile -t patterns <<<"${MODELS:-*.dfd}"
models=()
while IFS= read -rd '' file; do
    case $file in *.triage.dfd | *.triage/*) ;; *) models+=("$file") ;; esac
done < <(git ls-files -z -- "${patterns[@]}")
read -ra arguments <<<"${ARGUMENTS:-}"

sarif=${RUNNER_TEMP:-/tmp}/stridec.sarif
say() { echo "$1" >>"${GITHUB_OUTPUT:-/dev/null}"; }

if [ ${#models[@]} = 0 ]; then
    echo "::notice title=stridec::no models here"
    say alerts=false
    exit 0
fi

# More models than this in a file are refused. They are checked all the same.
limit=20
if [ ${#models[@]} -gt $limit ]; then
    echo "::notice title=stridec::alerts are left out, as there are more than $limit models; say by 'models' which"
    say alerts=false
else
    say alerts=true
fi

rm -f "$sarif"
say "sarif=$sarif"
exec stridec check --root . "${arguments[@]}" --output github=- --output "sarif=$sarif" -- "${models[@]}"
