"""What the verifier learns from: rows hold the spans they tell of, and a few steps tell right from wrong."""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch

from qa.adapters.span_reader import SpanReader
from qa.models.encoder.graph import FOUR_BIT_BLOCK, four_bits
from qa.models.reader.manifest import SHIPPED_FOLDER
from qa.models.reader.tokens import SPECIAL_PIECES, ReaderTokenizer
from training.confidence.bulletins import bulletin_questions, kept_texts
from training.reader.batches import LENGTHS
from training.reader.export import torch_network
from training.reader.network import SHARED_LAYERS, NetworkShape, ReaderNetwork
from training.reader.recover import recovered_reader
from training.reader.train import Trainer, load_checkpoint, save_checkpoint
from training.verifier.__main__ import (
    BULLETINS,
    INVENTED,
    LONGER_BULLETINS,
    LONGER_WIKIPEDIA,
    MASTHEADS,
    MORE_WIKIPEDIA,
    NEAR_BULLETINS,
    NEAR_OFFICIAL,
    OF_A_LIBRARY,
    OTHER_WORDS,
    SEARCHED,
    WIKIPEDIA,
    WRITTEN,
    averaged_state,
    mean,
)
from training.verifier.candidates import candidate_spans
from training.verifier.examples import (
    Judged,
    JudgedBatch,
    Rows,
    batch_of,
    batches,
    passage_key,
    read_bulletins,
    read_traps,
)
from training.verifier.export import OUTPUT, verifier_model
from training.verifier.four_bits import FourBits, exact_state, in_four_bits
from training.verifier.measure import separation, told_logits
from training.verifier.network import VerifierNetwork, recovered_verifier
from training.verifier.train import JointRecipe, VerifierRecipe, WholeRecipe, joint_losses, judging_alone, mixed
from training.verifier.wording import (
    ORDER_RATE,
    PLACE_RATE,
    PLACES,
    SMALL_WORD_RATE,
    SMALL_WORDS,
    YEAR_RATE,
    asked_of_a_library,
)

TEXT = (
    "2024年全市新增高新技术企业86家，总数达到412家，其中科技型中小企业1030家。全社会研发经费投入32.6亿元，同比增长18.4%。"
    "市科学技术局会同市财政局印发《创新券管理办法》，自2024年7月1日起施行，有效期三年。"
)
SHAPE = NetworkShape(pieces=len(SPECIAL_PIECES) + 200, hidden=24, layers=SHARED_LAYERS + 1, heads=2, ffn=32)


def _pieces() -> list[str]:
    seen = sorted(set(TEXT + "新增高企业多少家总数研发投入增长几日施行？谁制定资金"))
    return [*SPECIAL_PIECES, *seen, *(chr(0x3400 + i) for i in range(200 - len(seen)))]


def _place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def _examples() -> list[Judged]:
    right = [("新增高新技术企业多少家", "86家"), ("高新技术企业总数", "412家"), ("研发投入多少", "32.6亿元")]
    found = [Judged(question, TEXT, (_place(span),), (), True, "right") for question, span in right]
    found.append(Judged("研发资金谁给的", TEXT, (), (_place("32.6亿元"),), True, "trap"))
    found.append(Judged("企业多少家", TEXT, (), (_place("86家"),), False, "other"))
    return found


def test_every_figure_is_a_candidate_and_none_twice() -> None:
    assert len(candidate_spans(TEXT, random.Random(1), 20)) == 20
    spans = candidate_spans(TEXT, random.Random(1), 60)
    assert len(spans) == len(set(spans)) <= 60
    words = {TEXT[a:b] for a, b in spans}
    assert {"412家", "1030家", "32.6亿元", "2024年7月1日"} <= words


def test_a_row_holds_the_span_it_tells_of_and_no_right_one_as_wrong() -> None:
    rows, rng = Rows(ReaderTokenizer(_pieces())), random.Random(2)
    pieces = _pieces()
    for example in _examples() * 40:
        row = rows.row(example, rng)
        assert row is not None
        assert len(row.ids) <= LENGTHS[-1]
        words = {
            (right, told): {
                "".join(pieces[n] for n in row.ids[a : b + 1]) for a, b, r, t in row.spans if (r, t) == (right, told)
            }
            for right in (True, False)
            for told in (True, False)
        }
        if example.right and row.answer == (0, 0):
            assert not words[True, True]  # a window that misses it
            continue
        named = {example.context[a:b] for a, b in (*example.right, *example.wrong)}
        assert words[True, True] | words[False, True] == named
        assert not words[True, False]
        if not example.closed:
            assert not words[False, False]
        for start, end in example.right:
            assert example.context[start:end] not in words[False, False]


def test_questions_end_with_a_mark_half_the_time() -> None:
    rows, rng = Rows(ReaderTokenizer(_pieces())), random.Random(3)
    mark = _pieces().index("？")
    drawn = [rows.row(_examples()[0], rng) for _ in range(200)]
    marked = sum(row is not None and mark in row.ids[: row.head] for row in drawn)
    assert 60 < marked < 140


def test_the_verifier_begins_as_the_reader() -> None:
    torch.manual_seed(1)
    reader = ReaderNetwork(SHAPE).eval()
    verifier = VerifierNetwork(reader).eval()
    ids, segments = torch.randint(4, SHAPE.pieces, (1, 12)), torch.zeros((1, 12), dtype=torch.int64)
    with torch.inference_mode():
        start, end, relevance = reader(ids, segments, None)
        judged = verifier(reader.lower(ids, segments, None), None)
    assert torch.allclose(judged[0, :, 0], start[0] / 2, atol=1e-5)
    assert torch.allclose(judged[0, :, 1], end[0] / 2, atol=1e-5)
    assert torch.allclose(judged[0, 0, 2], relevance[0] / 2, atol=1e-5)


def _trainer(folder: Path, minutes: float) -> tuple[Trainer[JudgedBatch], VerifierNetwork]:
    torch.manual_seed(4)
    torch.set_num_threads(1)
    recipe = JointRecipe(minutes=minutes, learning_rate=3e-3, head_learning_rate=3e-3, warm_up=0)
    reader = ReaderNetwork(SHAPE)
    verifier = VerifierNetwork(reader)
    losses = partial(joint_losses, reader, verifier, relevance_weight=0.5)
    return Trainer(reader, _pieces(), recipe, folder, folder / "log.jsonl", losses, {"verifier": verifier}), verifier


def _feed() -> Iterator[JudgedBatch]:
    rng = random.Random(8)
    return batches(mixed([(_examples(), 1.0), ([], 0.5)], rng), Rows(ReaderTokenizer(_pieces())), rng)


def test_reader_and_verifier_learn_together(tmp_path: Path) -> None:
    (trainer, verifier), rows = _trainer(tmp_path, 60.0), Rows(ReaderTokenizer(_pieces()))
    batch = next(_feed())
    losses = [trainer._take(batch) for _ in range(60)]
    assert losses[-1]["judging"] < losses[0]["judging"] / 2
    assert losses[-1]["span"] < losses[0]["span"] - 0.5
    judged = [told_logits(trainer.network, verifier, rows, each) for each in (_examples()[:3], _examples()[3:])]
    assert judged[0].min() > judged[1].max()


def test_the_verifier_learns_alone_while_the_reader_stays_as_it_is(tmp_path: Path) -> None:
    trainer, verifier = _trainer(tmp_path, 60.0)
    trainer.network.requires_grad_(False)
    trainer.losses = partial(judging_alone, trainer.network, verifier)
    before = {name: weights.clone() for name, weights in trainer.network.state_dict().items()}
    batch = next(_feed())
    losses = [trainer._take(batch)["judging"] for _ in range(60)]
    assert losses[-1] < losses[0] / 2
    assert all(torch.equal(weights, before[name]) for name, weights in trainer.network.state_dict().items())


def test_near_traps_are_twice_as_many_as_right_questions_and_point_at_words_of_their_text() -> None:
    judged = read_bulletins(NEAR_BULLETINS, kept=False)
    right = sum(bool(each.right) for each in judged)
    assert right * 2 == pytest.approx(len(judged) - right, rel=0.05)


def test_a_run_ends_when_its_time_is_spent_and_another_goes_on_with_both_networks(tmp_path: Path) -> None:
    first, verifier = _trainer(tmp_path, 0.01)
    first.run(_feed(), watch=lambda: {"area": 0.5})
    line = json.loads((tmp_path / "log.jsonl").read_text().splitlines()[-1])
    assert (line["step"], line["area"]) == (first.step, 0.5)
    second, again = _trainer(tmp_path, 60.0)
    assert second.resume()
    assert second.step == first.step > 0
    assert torch.equal(again.columns.weight, verifier.columns.weight)


def test_a_row_says_what_the_reader_should_answer() -> None:
    rows, rng, pieces = Rows(ReaderTokenizer(_pieces())), random.Random(6), _pieces()
    right, trap, other = _examples()[0], _examples()[3], _examples()[4]
    drawn = [row for row in (rows.row(right, rng) for _ in range(200)) if row is not None]
    answered = [row for row in drawn if row.answer != (0, 0)]
    assert all("".join(pieces[n] for n in row.ids[row.answer[0] : row.answer[1] + 1]) == "86家" for row in answered)
    missed = [row for row in drawn if row.answer == (0, 0)]
    assert missed
    assert all("86家" not in "".join(pieces[n] for n in row.ids) for row in missed)
    assert all(not right for row in missed for *_, right, _ in row.spans)
    for example, expected in ((trap, (0, 0)), (other, (-1, -1))):
        row = rows.row(example, rng)
        assert row is not None
        assert row.answer == expected


def test_what_is_shipped_comes_back_as_networks() -> None:
    reader, pieces = recovered_reader(SHIPPED_FOLDER)
    verifier = recovered_verifier(reader, SHIPPED_FOLDER)
    shipped, again = SpanReader(), SpanReader(network=torch_network(reader))
    question = "2024年全市新增高新技术企业多少家？"
    expected, found = (each.read_texts(question, [TEXT])[0] for each in (shipped, again))
    assert (found.spans[0].start, found.spans[0].end) == (expected.spans[0].start, expected.spans[0].end)
    assert found.relevance == pytest.approx(expected.relevance, abs=0.1)
    rows = Rows(ReaderTokenizer(pieces))
    told = told_logits(reader, verifier, rows, [Judged(question, TEXT, (_place("86家"),), (), False, "right")])
    assert told[0] == pytest.approx(expected.log_odds(*_place("86家")), abs=1.0)


@pytest.mark.parametrize(
    ("path", "least"),
    [
        (BULLETINS, 1000),
        (LONGER_BULLETINS, 300),
        (OTHER_WORDS, 1000),
        (OF_A_LIBRARY, 1000),
        (MASTHEADS, 50),
        (NEAR_BULLETINS, 200),
    ],
)
def test_bulletins_are_read_and_every_tenth_is_kept(tmp_path: Path, path: Path, least: int) -> None:
    kept, trained = (read_bulletins(path, kept=each) for each in (True, False))
    assert {each.context for each in kept}.isdisjoint({each.context for each in trained})
    assert len(kept) > least
    assert 0.05 < len(kept) / len(trained) < 0.2
    assert not any("鄂尔多斯" in each.context for each in (*kept, *trained))
    twice = {"text": TEXT + TEXT, "right": [["新增多少家", "86家"]], "trap": []}
    path = tmp_path / "b.jsonl"
    path.write_text(json.dumps(twice, ensure_ascii=False) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="86家"):
        [*read_bulletins(path, kept=False), *read_bulletins(path, kept=True)]


def test_the_exported_graph_says_what_the_network_says() -> None:
    import onnxruntime

    torch.manual_seed(5)
    reader = ReaderNetwork(SHAPE).eval()
    verifier = VerifierNetwork(reader).eval()
    ids, segments = torch.randint(4, SHAPE.pieces, (1, 20)), torch.zeros((1, 20), dtype=torch.int64)
    with torch.inference_mode():
        middle = reader.lower(ids, segments, None)
        expected = verifier(middle, None).numpy()
    for outliers, tolerance in ((None, 1e-4), ([np.array([1, 3])], 0.05)):
        session = onnxruntime.InferenceSession(
            verifier_model(reader, verifier, outliers).SerializeToString(), providers=["CPUExecutionProvider"]
        )
        found = session.run([OUTPUT], {"middle": middle.numpy()})[0]
        assert np.abs(found - expected).max() < tolerance


def test_a_network_that_learns_in_four_bits_is_exported_as_it_ran() -> None:
    import onnxruntime

    torch.manual_seed(6)
    shape = replace(SHAPE, hidden=FOUR_BIT_BLOCK, ffn=2 * FOUR_BIT_BLOCK)
    reader = ReaderNetwork(shape).eval()
    verifier = VerifierNetwork(reader).eval()
    exact = {name: value.clone() for name, value in verifier.state_dict().items()}
    middle = torch.randn(1, 20, shape.hidden)
    unrounded = verifier(middle, None).detach().numpy()
    in_four_bits(verifier.layers)
    ran = verifier(middle, None)
    ran.sum().backward()  # type: ignore[no-untyped-call]
    trained = dict(verifier.named_parameters())
    assert all(value.grad is not None for name, value in trained.items() if "parametrizations" in name)
    assert all(torch.equal(value, exact[name]) for name, value in exact_state(verifier.state_dict()).items())
    plain = VerifierNetwork(reader)
    plain.load_state_dict(exact_state(verifier.state_dict()))
    apart = [np.empty(0, np.int64)] * len(plain.layers)
    model = verifier_model(reader, plain, apart, four_bit_weights=True)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found = session.run([OUTPUT], {"middle": middle.numpy()})[0]
    rounding = np.abs(ran.detach().numpy() - unrounded).max()
    assert np.abs(found - ran.detach().numpy()).max() < 0.5 * rounding  # what is left are the activations' 8 bits


def test_four_bits_are_the_same_steps_in_training_and_in_the_file() -> None:
    weight = np.random.default_rng(3).standard_normal((6, 2 * FOUR_BIT_BLOCK)).astype(np.float32)
    weight[0] = 0
    packed, scales = four_bits(weight)
    steps = np.stack([packed & 15, packed >> 4], axis=-1).reshape(6, 2, FOUR_BIT_BLOCK).astype(np.float32) - 8
    unpacked = (steps * scales[..., None]).reshape(weight.shape)
    assert np.array_equal(unpacked, FourBits()(torch.from_numpy(weight)).numpy())
    assert np.abs(unpacked - weight).max() <= np.abs(scales).max()


def test_the_mean_of_two_checkpoints_lies_between_them(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.pt", "b.pt", "mean.pt")]
    networks = []
    for step, path in enumerate(paths[:2]):
        torch.manual_seed(step)
        reader = ReaderNetwork(SHAPE)
        verifier = VerifierNetwork(reader)
        save_checkpoint(path, reader, _pieces(), {"verifier": verifier.state_dict(), "step": step})
        networks.append((reader, verifier))
    mean(argparse.Namespace(of=paths[:2], checkpoint=paths[2]))
    found, pieces, state = load_checkpoint(paths[2])
    assert pieces == _pieces()
    name, weights = next(iter(found.state_dict().items()))
    one, other = (reader.state_dict()[name] for reader, _ in networks)
    assert torch.allclose(weights, (one + other) / 2)
    assert not torch.allclose(one, other)
    expected = averaged_state(networks[0][1].state_dict(), networks[1][1].state_dict())
    kept = state["verifier"]
    assert isinstance(kept, dict)
    assert all(torch.equal(kept[each], expected[each]) for each in expected)


def test_separation_counts_what_is_refused() -> None:
    right, wrong = np.arange(100.0), np.array([-5.0, 2.0, 7.0, 200.0, np.nan])
    found = separation(right, wrong)
    assert found["refused_at_5%"] == 0.5
    assert found["refused_at_10%"] == 0.75
    assert found["area"] == pytest.approx(((1.0 + 0.975 + 0.925) / 4), abs=0.01)


def test_every_file_of_invented_texts_has_a_share_of_the_rows() -> None:
    for recipe in (JointRecipe(), WholeRecipe(), VerifierRecipe()):
        assert set(INVENTED) < set(recipe.shares)
        assert sum(recipe.shares.values()) == pytest.approx(1.0, abs=0.05)


def test_questions_as_typed_into_a_search_box_seldom_ask_outright() -> None:
    asked = re.compile(r"什么|啥|谁|多少|几|哪|何|怎|为什么|[吗呢]")

    def without(path: Path) -> float:
        return float(np.mean([asked.search(each.question) is None for each in read_bulletins(path, kept=False)]))

    assert without(SEARCHED) > 0.25
    assert without(OTHER_WORDS) < 0.05


def test_more_than_half_of_the_longer_answers_are_whole_clauses_or_lists() -> None:
    answers = [each.right[0] for each in read_bulletins(LONGER_BULLETINS, kept=False) if each.right]
    assert sum(end - start >= 15 for start, end in answers) > len(answers) / 2
    shorter = [each.right[0] for each in read_bulletins(BULLETINS, kept=False) if each.right]
    assert sum(end - start >= 15 for start, end in shorter) < len(shorter) / 5


def test_questions_in_other_words_share_less_with_their_text_than_traps_do() -> None:
    def shared(judged: Judged) -> float:
        pairs = {judged.question[at : at + 2] for at in range(len(judged.question) - 1)}
        return sum(pair in judged.context for pair in pairs) / len(pairs)

    found = read_bulletins(OTHER_WORDS, kept=False)
    right, traps = ([shared(each) for each in found if bool(each.right) is kind] for kind in (True, False))
    assert np.mean(right) < 0.25
    assert np.mean(traps) > 2 * np.mean(right)


def test_a_year_does_not_tell_a_right_question_from_a_trap_where_a_library_is_asked() -> None:
    """In the other files a named year was the mark of a trap."""
    found = read_bulletins(OF_A_LIBRARY, kept=False)
    right, traps = (
        np.mean([re.search(r"20\d\d年", each.question) is not None for each in found if bool(each.right) is kind])
        for kind in (True, False)
    )
    assert right > 0.25
    assert 0.5 < right / traps < 2


def test_a_year_is_set_before_a_question_only_where_nothing_tells_one() -> None:
    rng = random.Random(7)
    silent = "7月5日，市科技局发布通知，征集项目12个。"
    made = [asked_of_a_library("征集了多少个项目", silent, rng) for _ in range(2000)]
    with_year = [each for each in made if re.match(r"20\d\d年", each)]
    assert len(with_year) / len(made) == pytest.approx(YEAR_RATE, abs=0.03)
    small = [each for each in made if any(word in each for word in SMALL_WORDS)]
    assert len(small) / len(made) == pytest.approx(SMALL_WORD_RATE, abs=0.03)
    placed = [each for each in made if any(place in each for place in PLACES)]
    assert len(placed) / len(made) == pytest.approx(PLACE_RATE, abs=0.03)
    moved = [each for each in made if "多少个项目" not in re.sub("|".join(SMALL_WORDS), "", each)]
    assert len(moved) / len(made) == pytest.approx(ORDER_RATE, abs=0.03)
    told = [
        asked_of_a_library(question, text, rng)
        for question, text in (
            ("今年当地征集了哪些", silent),
            ("当地征集了哪些", f"2023年{silent}"),
            ("去年全国第几名", silent),
        )
        for _ in range(300)
    ]
    assert set(told) == {"今年当地征集了哪些", "当地征集了哪些", "去年全国第几名"}


def test_no_half_of_the_kept_bulletins_holds_a_text_of_the_other_or_of_training() -> None:
    fit, kept = ({each.key for each in bulletin_questions(half)} for half in ("fit", "kept"))
    assert fit.isdisjoint(kept)
    assert fit | kept == set(kept_texts())
    assert not any(passage_key(each.context) in fit | kept for each in read_bulletins(OTHER_WORDS, kept=False))
    asked = [each.asked for each in bulletin_questions("fit")]
    assert 0.3 < np.mean([each.answerable for each in asked]) < 0.7


@pytest.mark.parametrize("path", [WRITTEN, WIKIPEDIA, LONGER_WIKIPEDIA, MORE_WIKIPEDIA, NEAR_OFFICIAL])
def test_written_questions_find_their_passage_and_every_one_is_well_formed(path: Path) -> None:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 3000
    for line in lines:
        start, end = line["span"]
        assert len(line["passage"]) == 16
        assert 0 <= start < end
        assert line["right"] or line["trap"]
        questions = [*line["right"], *line["trap"], *line["other"]]
        assert len(questions) == len(set(questions))
        assert all(4 <= len(question) <= 60 for question in questions)


def test_a_span_beyond_its_passage_is_refused(tmp_path: Path) -> None:
    entry = {"passage": passage_key(TEXT), "span": [0, 5000], "right": ["多少家"], "trap": [], "other": []}
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps(entry) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="5000"):
        read_traps(path, {passage_key(TEXT): TEXT})
    assert read_traps(path, {}) == []


def test_batches_hold_rows_of_like_length() -> None:
    rows, rng = Rows(ReaderTokenizer(_pieces())), random.Random(7)
    for batch in itertools.islice(batches(itertools.cycle(_examples()), rows, rng), 3):
        assert batch.ids.shape[1] in LENGTHS
        assert int(batch.lasts.max()) < batch.ids.shape[1]
        assert bool((batch.firsts <= batch.lasts).all())
    row = rows.row(_examples()[0], rng)
    assert row is not None
    assert batch_of([row], len(row.ids)).ids.shape == (1, len(row.ids))
