"""Numbers of a rewritten sentence: what the person left standing is bound, what he typed is his own."""

from __future__ import annotations

from hydesk.reports.bound import Bound, BoundText, automatic, followed, joined, left_standing, loose_amounts
from hydesk.reports.prose import WORDS
from hydesk.reports.texts import SentenceEdit

BASIS = (("count", "12"), ("done", "53.42"), ("late", "3"), (WORDS, "项目{}个，完成{}%，滞后{}个。"))
LATER = (("count", "13"), ("done", "61"), ("late", "2"), (WORDS, "项目{}个，完成{}%，滞后{}个。"))
OWN = automatic(BASIS)


def bound_in(text: str) -> list[str]:
    kept = left_standing(text, OWN, BASIS)
    assert BoundText(text, kept).holds(BASIS)
    return [BASIS[b.figure][0] for b in kept]


def test_the_automatic_sentence_is_bound_whole() -> None:
    assert OWN.text == "项目12个，完成53.42%，滞后3个。"
    assert bound_in(OWN.text) == ["count", "done", "late"]
    assert joined(OWN.pieces(BASIS)) == OWN
    assert automatic((("a", "1"), (WORDS, "{}和{}"))).bound == ()


def test_what_is_typed_anew_or_changed_by_a_digit_is_not_bound() -> None:
    assert bound_in("全市项目12个，完成53.42%，势头良好；滞后3个。") == ["count", "done", "late"]
    assert bound_in("项目12个，完成53.4%，滞后3个。") == ["count", "late"]
    assert bound_in("项目12个，完成153.42%，滞后3个。") == ["count", "late"]
    assert bound_in("项目12个，滞后3个。") == ["count", "late"]
    assert bound_in("连续3个月平稳。") == []
    assert bound_in("") == []


def test_bound_numbers_follow_where_no_other_amount_stands_and_the_words_are_the_same() -> None:
    text = "至月底，项目12个，完成53.42%。"
    assert SentenceEdit(text, BASIS, left_standing(text, OWN, BASIS)).at(LATER) == BoundText(
        "至月底，项目13个，完成61%。", (Bound(6, 0), Bound(12, 1)))
    assert SentenceEdit(text, BASIS, None).at(LATER) is None
    assert SentenceEdit("势头良好。", BASIS, ()).at(LATER) is None
    assert SentenceEdit(OWN.text, BASIS, OWN.bound).at(LATER) == automatic(LATER)
    assert SentenceEdit(OWN.text, BASIS, OWN.bound).at((*LATER[:3], (WORDS, "项目{}个，欠{}%，滞后{}个。"))) is None
    typed = BoundText(OWN.text + "另有7个。", OWN.bound)
    assert loose_amounts(typed, BASIS) == ["7"]
    assert SentenceEdit(typed.text, BASIS, typed.bound).at(LATER) is None
    assert followed(typed, BASIS, LATER).text == "项目13个，完成61%，滞后2个。另有7个。"


def test_a_binding_that_does_not_fit_its_text_holds_nothing() -> None:
    assert not BoundText("项目12个", (Bound(3, 0),)).holds(BASIS)
    assert not BoundText("项目12个", (Bound(2, 3),)).holds(BASIS)
    assert not BoundText("12", (Bound(0, 0), Bound(0, 0))).holds(BASIS)
