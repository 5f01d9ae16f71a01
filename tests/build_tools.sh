#!/bin/sh
# What doc/ci/ has for other programs, run by those programs themselves: pre-commit, make over five hundred
# models, and Bazel. sh tests/build_tools.sh [PART...]; the built programs are in $BUILD. Prints what fails,
# and how many passed and failed.
# SPDX-License-Identifier: MIT
set -eu
root=$PWD
build=$(cd "${BUILD:-build}" && pwd)
PATH=$build:$PATH
export PATH
unset MAKEFLAGS MFLAGS MAKELEVEL
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# expect WHAT EXPECTED ACTUAL
expect() {
    if [ "$2" = "$3" ]; then
        passed=$((passed + 1))
    else
        printf '%s:\n  expected: %s\n  but was:  %s\n' "$1" "$2" "$3"
        failed=$((failed + 1))
    fi
}

has() { command -v "$1" >/dev/null || { echo "$1 is not here: make deps-tools" >&2; exit 1; }; }

# ---- pre-commit ----------------------------------------------------------------------------

commit() { git add . && git commit -qm "$1" >"$work/said" 2>&1 && echo yes || echo no; }

try_pre_commit() {
    has pre-commit
    export PRE_COMMIT_HOME="$work/cache" GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b
    mkdir "$work/hooks" "$work/repository" && cd "$work/hooks"
    cp "$root/.pre-commit-hooks.yaml" . && git init -q . && git add . && git commit -qm hooks
    cd "$work/repository" && git init -q .
    cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: ../hooks
    rev: $(git -C ../hooks rev-parse HEAD)
    hooks: [{id: stridec-check}, {id: stridec-fmt}]
YAML
    pre-commit install >/dev/null
    mkdir 'a b' && printf 'external u\nboundary b { process p { kind: api } }\nu -> p\n' >'a b/c d.dfd'
    expect "a model that is well" yes "$(commit one)"
    printf 'external u\nu -> nobody\n' >--layout=x.dfd
    expect "a model with a mistake" no "$(commit two)"
    expect "the mistake is told" 1 "$(grep -c "no element 'nobody' \[E0203\]" "$work/said")"
    printf 'external   u\nboundary b { process p { kind: api } }\nu -> p\n' >--layout=x.dfd
    expect "a model that is not in house style" no "$(commit three)"
    expect "and is now" yes "$(commit four)"
    expect "its first line" "external u" "$(head -n 1 -- --layout=x.dfd)"
}

# ---- many models ---------------------------------------------------------------------------

MODELS=500 SHARED=10

# Each has thirty elements, and imports one of the shared ones.
write_models() {
    mkdir models
    for i in $(seq $SHARED); do
        echo "boundary zone$i { process login$i \"Login\" { kind: identity } }" >models/shared$i.dfd
    done
    for i in $(seq $MODELS); do
        shared=$((i % SHARED + 1))
        {
            echo "model m$i { allow: [W0410] }"
            echo "import \"shared$shared.dfd\" as shared"
            echo "external user { kind: browser }"
            echo "user -> shared.login$shared : \"sign in\""
            echo "boundary ours {"
            for j in $(seq 29); do echo "  process p$j { kind: api }"; done
            echo "}"
            echo "user -> p1 : \"GET /\""
            for j in $(seq 28); do echo "p$j -> p$((j + 1)) : \"call $j\""; done
        } >models/m$i.dfd
    done
}

# How many outputs make has made.
made() { make -j2 | grep -c ' -o ' || true; }

try_many_models() {
    mkdir "$work/many" && cd "$work/many"
    write_models
    {
        echo "MODELS = $(seq -s ' ' -f 'models/m%g.dfd' $MODELS)"
        echo "THREAT_FORMATS = json md"
        echo "include $root/doc/ci/make/stridec.mk"
    } >Makefile
    expect "all models" $((2 * MODELS)) "$(made)"
    expect "nothing has changed" 0 "$(made)"
    touch models/shared3.dfd
    expect "what imports one of the shared files" $((2 * MODELS / SHARED)) "$(made)"
    touch models/m7.dfd
    expect "one model" 2 "$(made)"
    rm build/threats/models/m8.md
    expect "one output" 1 "$(made)"
    expect "no model changes another one's output" 0 "$(made)"
}

# ---- Bazel ---------------------------------------------------------------------------------

# bazel_here WHICH COMMAND TARGETS AND OPTIONS
bazel_here() {
    bazel --output_user_root="$work/bazel-$1" "$2" --noshow_progress \
        --override_repository=remote_coverage_tools="$work/coverage" $3 >"$work/said" 2>&1 && echo yes || echo no
}

# How many actions ran, by what Bazel says of them.
ran() { sed -n 's/.* \([0-9]*\) linux-sandbox.*/\1/p; s/.* \([0-9]*\) processwrapper-sandbox.*/\1/p' "$work/said" | tail -n 1; }

write_workspace() {
    mkdir -p shop tools/stridec && touch WORKSPACE
    cp "$root/doc/ci/bazel/stridec.bzl" "$build/stridec" "$build/stridec-layout" tools/stridec/
    echo 'exports_files(["stridec", "stridec-layout"])' >tools/stridec/BUILD
    cat >BUILD <<'BZL'
load("//tools/stridec:stridec.bzl", "stridec_model")
stridec_model(name = "shared", src = "shared.dfd", visibility = ["//visibility:public"])
BZL
    cat >shop/BUILD <<'BZL'
load("//tools/stridec:stridec.bzl", "stridec_model", "stridec_output", "stridec_test")
stridec_model(name = "shop", src = "shop.dfd", deps = ["//:shared"], data = ["shop.triage.dfd"])
[stridec_output(name = "shop_" + e, model = ":shop", out = "shop." + e) for e in ["svg", "md", "sarif"]]
stridec_test(name = "shop_test", size = "small", model = ":shop")
stridec_model(name = "docs", src = "docs.dfd")
stridec_output(name = "docs_json", model = ":docs", out = "docs.json")
stridec_test(name = "docs_test", size = "small", model = ":docs", arguments = ["--error", "W0405"])
stridec_model(name = "sly", src = "shop.dfd")
stridec_output(name = "sly_json", model = ":sly", out = "sly.json", tags = ["manual"])
BZL
    echo 'boundary identity { process login "Login" { kind: identity } }' >shared.dfd
    printf 'import "../shared.dfd" as shared\nexternal user\nuser -> shared.login : "sign in"\n' >shop/shop.dfd
    echo 'dismiss S@user_to_shared_login/forged_caller { reason: "x"; code: not_plausible }' >shop/shop.triage.dfd
    printf 'external reader\nprocess wiki { kind: web }\nreader -> wiki\n' >shop/docs.dfd
}

try_bazel() {
    has bazel
    mkdir "$work/coverage" "$work/workspace" && touch "$work/coverage/WORKSPACE" && cd "$work/workspace"
    # The tools of a test are fetched otherwise.
    echo 'filegroup(name = "coverage_report_generator", visibility = ["//visibility:public"])' >"$work/coverage/BUILD"
    write_workspace
    expect "all outputs" yes "$(bazel_here one build //shop:all)"
    expect "how many actions ran" 4 "$(ran)"
    cp -rL bazel-bin/shop "$work/first"
    expect "paths in SARIF" '"uri": "shared.dfd" "uri": "shop/shop.dfd"' \
        "$(grep -o '"uri": "[^"]*"' "$work/first/shop.sarif" | sort -u | paste -sd ' ')"
    expect "questions that are not decided" 0 "$(grep -c 'S@user_to_shared_login/forged_caller' "$work/first/shop.sarif")"
    echo '# new' >>shared.dfd
    expect "a shared file has changed" yes "$(bazel_here one build //shop:all)"
    expect "how many actions ran then" 3 "$(ran)"
    expect "an import that is not declared" no "$(bazel_here one build //shop:sly_json)"
    expect "is not there" 1 "$(grep -c 'E0701' "$work/said")"
    expect "a test that passes" yes "$(bazel_here one test //shop:shop_test)"
    expect "a test that fails" no "$(bazel_here one test //shop:docs_test)"
    expect "its result" 1 "$(grep -c '<testsuite .*failures="1" errors="0">' bazel-testlogs/shop/docs_test/test.xml)"
    bazel --output_user_root="$work/bazel-one" shutdown
    mkdir "$work/elsewhere" && cp -r BUILD WORKSPACE shared.dfd shop tools "$work/elsewhere" && cd "$work/elsewhere"
    expect "elsewhere" yes "$(bazel_here two build '//shop:all --spawn_strategy=standalone')"
    expect "the same bytes" "" "$(for f in shop.svg shop.md docs.json; do cmp bazel-bin/shop/$f "$work/first/$f" 2>&1; done)"
    bazel --output_user_root="$work/bazel-two" shutdown
    chmod -R u+w "$work"
}

for part in ${*:-pre_commit many_models bazel}; do
    cd "$root" && try_$part
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
