"""Rules for Bazel: what is made from threat models, by actions that read only what they declare.

    load("//tools/stridec:stridec.bzl", "stridec_model", "stridec_output", "stridec_test")

    stridec_model(name = "shared", src = "shared.dfd")
    stridec_model(name = "shop", src = "shop.dfd", deps = [":shared"])
    stridec_output(name = "shop_picture", model = ":shop", out = "shop.svg")
    stridec_output(name = "shop_document", model = ":shop", out = "shop.md")
    stridec_test(name = "shop_test", model = ":shop")

`deps` of a model are the models that it imports, `data` whatever else is read for it: rule packs that it
names, triage files, evidence. The ending of `out` says what is made. An import that is not declared is not there, also
where there is no sandbox.
"""

# SPDX-License-Identifier: MIT

ModelInfo = provider(
    doc = "A model and all that is read for it.",
    fields = {
        "src": "the file of the model",
        "files": "a depset: the file, what it imports, and their data",
    },
)

def _model_impl(ctx):
    files = depset(
        [ctx.file.src] + ctx.files.data,
        transitive = [dep[ModelInfo].files for dep in ctx.attr.deps],
    )
    return [ModelInfo(src = ctx.file.src, files = files), DefaultInfo(files = depset([ctx.file.src]))]

stridec_model = rule(
    implementation = _model_impl,
    doc = "A threat model.",
    attrs = {
        "src": attr.label(mandatory = True, allow_single_file = [".dfd", ".yaml", ".yml"]),
        "deps": attr.label_list(providers = [ModelInfo]),
        "data": attr.label_list(allow_files = True),
    },
)

# A sandbox lays links in place of files, and a model is known by where its file really lies. So the files
# are copied into a tree of their own, which is the root: what is not declared is not in it.
_TREE = """
here=$PWD tree=$(mktemp -d -p "${TEST_TMPDIR:-$PWD}")
trap 'rm -rf "$tree"' EXIT
while read -r file; do
  mkdir -p "$tree/$(dirname "$file")"
  cp -L "$file" "$tree/$file"
done <"$list"
cd "$tree"
"""

_TOOLS = {
    "rules": attr.label_list(allow_files = [".dfd"]),
    "stridec": attr.label(default = "//tools/stridec", executable = True, allow_single_file = True, cfg = "exec"),
}

def _list_files(ctx, files, name):
    listed = ctx.actions.declare_file(ctx.label.name + ".files")
    paths = ctx.actions.args()
    paths.set_param_file_format("multiline")
    paths.add_all(files, map_each = name)
    ctx.actions.write(listed, paths)
    return listed

def _path(file):
    return file.path

def _short_path(file):
    return file.short_path

def _output_impl(ctx):
    model = ctx.attr.model[ModelInfo]
    out = ctx.outputs.out
    files = depset(ctx.files.rules, transitive = [model.files])
    listed = _list_files(ctx, files, _path)
    command = "render" if out.extension in ["svg", "dot", "mmd"] else "threats"
    arguments = ctx.actions.args()
    arguments.add_all([listed, ctx.executable.stridec, ctx.executable.layout, model.src, out, command])
    arguments.add_all(ctx.files.rules, before_each = "--rules")
    ctx.actions.run_shell(
        command = """
set -eu
list=$1 stridec=$2 layout=$3 model=$4 out=$5 command=$6
shift 6
""" + _TREE + """
made=$(dirname "$model")/$(basename "$out")
"$here/$stridec" "$command" --root . --layout "$here/$layout" "$@" -o "$made" -- "$model"
cp "$made" "$here/$out"
""",
        arguments = [arguments],
        inputs = depset([listed], transitive = [files]),
        outputs = [out],
        tools = [ctx.executable.stridec, ctx.executable.layout],
        mnemonic = "Stridec",
        progress_message = "stridec %s" % out.short_path,
    )
    return [DefaultInfo(files = depset([out]))]

stridec_output = rule(
    implementation = _output_impl,
    doc = "A picture, document or list of questions of a model.",
    attrs = dict(
        _TOOLS,
        model = attr.label(mandatory = True, providers = [ModelInfo]),
        out = attr.output(mandatory = True),
        layout = attr.label(
            default = "//tools/stridec:stridec-layout",
            executable = True,
            allow_single_file = True,
            cfg = "exec",
        ),
    ),
)

def _test_impl(ctx):
    model = ctx.attr.model[ModelInfo]
    files = depset(ctx.files.rules, transitive = [model.files])
    listed = _list_files(ctx, files, _short_path)
    script = ctx.actions.declare_file(ctx.label.name + ".sh")
    ctx.actions.write(script, is_executable = True, content = """#!/usr/bin/env bash
set -eu
list=%s
""" % repr(listed.short_path) + _TREE + """
"$here"/%s check --root . %s --output "junit=${XML_OUTPUT_FILE:-result.xml}" -- %s
""" % (repr(ctx.executable.stridec.short_path), " ".join([repr(word) for word in ctx.attr.arguments]), repr(model.src.short_path)))
    runfiles = ctx.runfiles([listed, ctx.executable.stridec], transitive_files = files)
    return [DefaultInfo(executable = script, runfiles = runfiles)]

stridec_test = rule(
    implementation = _test_impl,
    doc = "Fails when something is wrong with a model; `arguments` are those of stridec check.",
    test = True,
    attrs = dict(
        _TOOLS,
        model = attr.label(mandatory = True, providers = [ModelInfo]),
        arguments = attr.string_list(),
    ),
)
