"""The stub says what is there: no more, no less, under the same names and with the same parameters."""

import ast
import inspect
from pathlib import Path

import qingwen
from qingwen import _qingwen

STUB = Path(qingwen.__file__).parent / "_qingwen.pyi"
TREE = ast.parse(STUB.read_text("utf-8"))
CLASSES = {node.name: node for node in TREE.body if isinstance(node, ast.ClassDef)}
FUNCTIONS = {node.name: node for node in TREE.body if isinstance(node, ast.FunctionDef)}


def parameters(function):
    args = function.args
    names = [a.arg for a in args.posonlyargs + args.args]
    defaults = [None] * (len(names) - len(args.defaults)) + args.defaults
    found = [(n, "positional", d and ast.literal_eval(d)) for n, d in zip(names, defaults)]
    found += [(a.arg, "keyword", d and ast.literal_eval(d)) for a, d in zip(args.kwonlyargs, args.kw_defaults)]
    found += [(args.kwarg.arg, "rest", None)] if args.kwarg else []
    return found


def runtime(function):
    kinds = {"KEYWORD_ONLY": "keyword", "VAR_KEYWORD": "rest"}
    return [
        (p.name, kinds.get(p.kind.name, "positional"), None if p.default is p.empty else p.default)
        for p in inspect.signature(function).parameters.values()
    ]


def test_names_of_the_module():
    assigned = {node.target.id for node in TREE.body if isinstance(node, ast.AnnAssign)}
    public = {n for n in vars(_qingwen) if not n.startswith("_")} | {"__version__"}
    assert (set(CLASSES) - {"Options"}) | set(FUNCTIONS) | assigned == public
    assert set(qingwen.__all__) == public - {"OPTIONS"}
    assert qingwen.__doc__ and all(getattr(qingwen, n).__doc__ for n in qingwen.__all__)


def test_parameters_of_functions():
    assert FUNCTIONS
    for name, node in FUNCTIONS.items():
        assert parameters(node) == runtime(getattr(qingwen, name)), name


def test_members_of_classes():
    for name, node in CLASSES.items():
        if name == "Options":
            keys = [member.target.id for member in node.body if isinstance(member, ast.AnnAssign)]
            assert keys == list(_qingwen.OPTIONS)
            continue
        kind = getattr(qingwen, name)
        members = {member.name: member for member in node.body if isinstance(member, ast.FunctionDef)}
        if not issubclass(kind, Exception):
            public = {n for n in vars(kind) if not n.startswith("_")}
            assert {n for n in members if not n.startswith("_")} == public, name
        for member, function in members.items():
            there = inspect.getattr_static(kind, member)
            is_property = any(getattr(d, "id", "") == "property" for d in function.decorator_list)
            assert is_property == inspect.isgetsetdescriptor(there), f"{name}.{member}"
            if not is_property and not member.startswith("__"):
                assert parameters(function) == runtime(there if not isinstance(there, staticmethod) else getattr(kind, member)), f"{name}.{member}"
        bases = [base.id for base in node.bases]
        assert bases == [] or [b.__name__ for b in kind.__bases__] == bases
