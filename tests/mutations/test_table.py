"""The table of mutations fits the product as it is; `make mutations` tries them."""

from __future__ import annotations

import re
from collections import Counter

from tests.mutations.mutation import ROOT
from tests.mutations.table import MUTATIONS

FEWEST = 40


def test_there_are_enough_mutations_and_each_has_its_own_name() -> None:
    assert len(MUTATIONS) >= FEWEST
    assert [name for name, count in Counter(each.name for each in MUTATIONS).items() if count > 1] == []


def test_every_mutation_has_its_one_place_and_leaves_a_program_there() -> None:
    for each in MUTATIONS:
        text = (ROOT / each.file).read_text("utf-8")
        mutated = each.applied_to(text)
        assert mutated != text, each.name
        if each.file.endswith(".py"):
            compile(mutated, each.file, "exec")


def test_every_test_that_must_catch_one_is_there() -> None:
    for each in MUTATIONS:
        file, _, test = each.caught_by.partition("::")
        assert re.search(rf"^(async )?def {test}\(", (ROOT / "tests" / file).read_text("utf-8"), re.MULTILINE), each
