"""How the reader is trained: data, windows, negatives, the clock, and that a stopped run goes on."""

from __future__ import annotations

import itertools
import json
import os
import random
from functools import partial
from pathlib import Path

import pytest
import torch

from qa.models.reader.tokens import SPECIAL_PIECES, ReaderTokenizer
from training.reader.batches import LENGTHS, TOKENS_A_BATCH, Batch, Encoder, batches
from training.reader.examples import Example, read_squad
from training.reader.negatives import near_passages, other_years
from training.reader.network import NetworkShape, ReaderNetwork, attention
from training.reader.train import Recipe, Trainer, TrainingSet, example_stream, load_checkpoint, loss_of, rate_at

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("QA_SHARED", ROOT.parent / "shared")) / "data"
needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason="public data not here: set QA_SHARED to the folder above data/"
)

TEXT = "".join(chr(0x4E00 + i) for i in range(400))
PIECES = [*SPECIAL_PIECES, *TEXT]


def _examples(count: int, rng: random.Random) -> list[Example]:
    return [
        Example(TEXT[start : start + 6], TEXT, ((start, start + rng.randrange(1, 20)),), "made")
        for start in rng.sample(range(380), count)
    ]


def test_a_batch_is_full_and_its_answers_are_the_examples_own() -> None:
    rng = random.Random(3)
    examples = _examples(380, rng)
    encoder = Encoder(ReaderTokenizer(PIECES))
    answers = {(e.question, e.context[a:b]) for e in examples for a, b in e.spans}
    feed = batches((encoder.encode(example) for example in itertools.cycle(examples)), seed=5, miss_rate=0.0)
    for batch in itertools.islice(feed, 6):
        assert batch.ids.shape[1] in LENGTHS
        assert batch.ids.shape[0] == TOKENS_A_BATCH // batch.ids.shape[1]
        for ids, start, end in zip(batch.ids.tolist(), batch.start.tolist(), batch.end.tolist(), strict=True):
            words = "".join(PIECES[number] for number in ids[start : end + 1])
            question = "".join(PIECES[number] for number in ids[1 : ids.index(2)])
            assert (question, words) in answers
        assert bool(batch.allowed.gather(1, batch.start[:, None]).all())


def test_a_missing_window_holds_no_mention_of_the_answer() -> None:
    rng = random.Random(4)
    examples = _examples(300, rng)
    by_question = {example.question: example for example in examples}
    encoder = Encoder(ReaderTokenizer(PIECES))
    feed = batches((encoder.encode(example) for example in itertools.cycle(examples)), seed=6, miss_rate=1.0)
    missed = 0
    for batch in itertools.islice(feed, 4):
        for ids, start, segment in zip(batch.ids.tolist(), batch.start.tolist(), batch.segments.tolist(), strict=True):
            if start == 0:
                missed += 1
                example = by_question["".join(PIECES[number] for number in ids[1 : ids.index(2)])]
                (a, b) = example.spans[0]
                shown = {PIECES[n] for n, s in zip(ids, segment, strict=True) if s}
                assert not shown & set(example.context[a:b])
    assert missed > 50


def test_negatives_never_hold_the_answer() -> None:
    contexts = ["甲市新建学校3所，改造道路20公里。", "乙市新建学校5所，改造道路20公里。", "丙市新建医院2家。"]
    examples = [
        Example("甲市新建学校几所？", contexts[0], ((6, 8),), "a"),
        Example("谁改造道路20公里？", contexts[1], ((0, 2),), "b"),
    ]
    examples.append(Example("医院？", contexts[2], ((4, 6),), "c"))
    found = near_passages(examples)
    assert found
    for example in found:
        original = next(each for each in examples if each.question == example.question)
        assert example.context != original.context
        assert example.spans == ()
        assert original.context[slice(*original.spans[0])] not in example.context
    nearest = next(example for example in found if example.question == examples[0].question)
    assert nearest.context == contexts[1]


def test_another_year_is_one_that_the_passage_does_not_name() -> None:
    text = "2018年产粮5万吨，2019年产粮6万吨。"
    example = Example("2019年产粮多少？", text, ((17, 20),), "a")
    for seed in range(20):
        made = other_years([example], random.Random(seed))
        assert all(each.question[:4] not in text and each.spans == () for each in made)
    assert other_years([Example("产粮多少？", text, ((6, 9),), "a")], random.Random(1)) == []


def test_the_learning_rate_rises_falls_and_never_stops_early() -> None:
    recipe = Recipe()
    rates = [rate_at(progress / 200, recipe) for progress in range(201)]
    peak = rates.index(max(rates))
    assert rates[peak] == pytest.approx(1.0, abs=0.01)
    assert rates[: peak + 1] == sorted(rates[: peak + 1])
    assert rates[peak:] == sorted(rates[peak:], reverse=True)
    assert rates[-1] == recipe.final_rate


def _small() -> ReaderNetwork:
    torch.manual_seed(1)
    return ReaderNetwork(NetworkShape(len(PIECES), hidden=24, layers=1, heads=2, ffn=32, positions=320))


def test_padding_changes_no_logit() -> None:
    network = _small().eval()
    ids = torch.tensor([[0, 7, 2, 2, 9, 10, 11, 2]])
    padded = torch.cat([ids, torch.ones(1, 5, dtype=torch.int64)], dim=1)
    with torch.no_grad():
        plain = network(ids, torch.zeros_like(ids), None)
        wide = network(padded, torch.zeros_like(padded), padded != 1)
    for a, b in zip(plain, wide, strict=True):
        torch.testing.assert_close(a, b[:, :8] if b.ndim == 2 else b)


def _trainer(recipe: Recipe, folder: Path) -> Trainer[Batch]:
    network = _small()
    losses = partial(loss_of, network, relevance_weight=recipe.relevance_weight)
    return Trainer(network, PIECES, recipe, folder, folder / "log.jsonl", losses)


def test_attention_spelt_out_for_the_compiler_is_attention(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(3)
    query, key, value = torch.randn(3, 2, 4, 12, 8).unbind(0)
    mask = torch.ones(2, 1, 1, 12, dtype=torch.bool)
    mask[1, :, :, 7:] = False
    expected = attention(query, key, value, mask)
    monkeypatch.setattr(torch.compiler, "is_compiling", lambda: True)
    torch.testing.assert_close(attention(query, key, value, mask), expected, rtol=1e-5, atol=1e-5)


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path) -> None:
    examples = _examples(200, random.Random(8))
    data = TrainingSet(examples, [], [], [])
    encoder = Encoder(ReaderTokenizer(PIECES))
    recipe = Recipe(minutes=0.02)
    first = _trainer(recipe, tmp_path)
    assert not first.resume()
    first.run(batches(example_stream(data, encoder, recipe, 1, first.progress), 1, recipe.miss_rate))
    assert first.progress() >= 1.0
    network, pieces, _ = load_checkpoint(tmp_path / "last.pt")
    assert pieces == PIECES
    second = _trainer(Recipe(minutes=1000.0), tmp_path)
    assert second.resume()
    assert (second.step, second.examples, second.spent_s) == (first.step, first.examples, first.spent_s)
    for a, b in zip(network.parameters(), second.network.parameters(), strict=True):
        torch.testing.assert_close(a, b)


def test_steps_lower_the_loss(tmp_path: Path) -> None:
    examples = _examples(60, random.Random(9))
    encoder = Encoder(ReaderTokenizer(PIECES))
    trainer = _trainer(Recipe(learning_rate=5e-3, warm_up=0.0), tmp_path)
    feed = batches((encoder.encode(example) for example in itertools.cycle(examples)), seed=1, miss_rate=0.0)
    batch = next(feed)
    before = float(loss_of(trainer.network, batch, 0.5)["span"].detach())
    for _ in range(15):
        trainer._take(batch)
    assert float(loss_of(trainer.network, batch, 0.5)["span"].detach()) < before - 0.2


def test_squad_answers_with_a_wrong_offset_are_dropped(tmp_path: Path) -> None:
    answers = [{"text": "乙丙", "answer_start": 1}, {"text": "乙丙", "answer_start": 2}]
    qas = [{"id": "1", "question": "誰？", "answers": answers}, {"id": "2", "question": "誰？", "answers": answers[1:]}]
    path = tmp_path / "made.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [{"context": "甲乙丙國", "qas": qas}]}]}), encoding="utf-8")
    (example,) = read_squad(path, "made", simplify=True)
    assert (example.question, example.context, example.spans) == ("谁？", "甲乙丙国", ((1, 3),))


@needs_data
def test_drcd_keeps_its_offsets_when_simplified() -> None:
    plain = read_squad(DATA / "drcd" / "dev.json", "drcd")
    simple = read_squad(DATA / "drcd" / "dev.json", "drcd", simplify=True)
    assert [example.spans for example in plain] == [example.spans for example in simple]
    assert len(simple) > 3000
