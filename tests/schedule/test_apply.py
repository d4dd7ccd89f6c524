"""A draft stored: once, again, and after everything that may have changed upstream."""

import asyncio
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from sqlmodel import col, select

from courtsync_web.demo.results import Result
from courtsync_web.demo.world import Tournament
from courtsync_web.errors import Problem
from courtsync_web.schedule.apply import preview
from courtsync_web.schedule.draft import Draft, Side, Unread
from courtsync_web.scoring.models import Claim, Conflict, Score, ScoreUpdate
from courtsync_web.volleyball.formats import format_to_wire, read_format
from tests import aes_quirks as quirks
from tests.aes_world import Answers, aes_answers
from tests.schedule.conftest import KEY, NOW, Reader, Shelf, match_in
from tests.world import OWNER, RIVAL, SAM

LATER = NOW + 60_000


@pytest.fixture
async def draft(read: Reader, answers: Answers) -> Draft:
    return await read(answers)


def open_match(draft: Draft) -> int:
    """A match with both teams and no result."""
    done = {one.match_id for one in draft.results}
    return next(
        match.match_id
        for match in draft.matches
        if match.match_id not in done and match.team1.team_id and match.team2.team_id
    )


async def score(shelf: Shelf, match_id: int, status: str = "in-progress") -> None:
    """A score that a person keeps."""
    async with shelf.db.write() as tx:
        tx.session.add(
            Score(
                event_id=KEY,
                match_id=match_id,
                status=status,
                sets=[[3, 1, None]] if status == "in-progress" else [[25, 3, 1], [25, 4, 2]],
                sets_won1=0,
                sets_won2=0,
                timeouts=[0, 0],
                warnings=[],
                provenance="team",
                revision=4,
                fence=1,
                seq=2,
                changed_at=NOW,
                author_id=SAM.id,
                outcome="first-won" if status == "completed" else "undecided",
            )
        )


async def claim(shelf: Shelf, match_id: int) -> None:
    async with shelf.db.write() as tx:
        tx.session.add(
            Claim(
                event_id=KEY,
                match_id=match_id,
                holder_id=SAM.id,
                claimed_at=NOW,
                expires_at=LATER,
                fence=1,
                asked_by_id=None,
                seq=2,
            )
        )


def minus(draft: Draft, match_id: int) -> Draft:
    """The schedule without a match."""
    return replace(
        draft,
        matches=tuple(one for one in draft.matches if one.match_id != match_id),
        results=tuple(one for one in draft.results if one.match_id != match_id),
    )


async def scores_of(shelf: Shelf) -> dict[int, Score]:
    async with shelf.db.read() as session:
        rows = await session.exec(select(Score).where(col(Score.event_id) == KEY))
        return {row.match_id: row for row in rows}


async def test_everything_is_stored(shelf: Shelf, draft: Draft) -> None:
    applied = await shelf.put(draft)
    rows = await shelf.rows()
    assert len(rows["match"]) == len(draft.matches)
    assert {kind: len(found) for kind, found in rows.items()} == {
        "division": len(draft.divisions),
        "club": len(draft.clubs),
        "team": len(draft.teams),
        "court": len(draft.courts),
        "stage": len(draft.stages),
        "match": len(draft.matches),
    }
    assert applied.preview.is_new
    assert applied.counts == draft.counts()
    event = await shelf.event()
    assert (event["owner_id"], event["source"], event["visibility"]) == (OWNER.id, "aes", "public")


async def test_times_are_instants_of_the_venues_zone(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft)
    match = next(one for one in draft.matches if one.start)
    row = (await shelf.rows())["match"][match.match_id]
    assert match.start is not None
    chicago_in_winter = timezone(timedelta(hours=-6))
    instant = match.start.replace(tzinfo=chicago_in_winter).timestamp() * 1000
    assert row["starts_at"] == instant
    assert row["day"] == match.start.date().isoformat()
    assert row["ends_at"] - row["starts_at"] == 3_600_000


async def test_courts_stand_in_human_order(shelf: Shelf, draft: Draft) -> None:
    first, *others = draft.courts
    named = (
        replace(first, name="West 10"),
        *(replace(one, name=f"West {turn + 11}") for turn, one in enumerate(others[:-1])),
        replace(others[-1], name="West 2"),
    )
    await shelf.put(replace(draft, courts=named))
    rows = sorted((await shelf.rows())["court"].values(), key=lambda row: row["position"])
    assert [row["name"] for row in rows[:2]] == ["West 2", "West 10"]


async def test_published_results_are_official_scores_with_history(
    shelf: Shelf, draft: Draft
) -> None:
    await shelf.put(draft)
    scores = await scores_of(shelf)
    assert len(scores) == len(draft.results)
    assert {one.provenance for one in scores.values()} == {"official"}
    assert {one.revision for one in scores.values()} == {1}
    async with shelf.db.read() as session:
        history = (await session.exec(select(ScoreUpdate))).all()
    assert len(history) == len(draft.results)


async def test_the_same_import_again_changes_nothing(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft)
    before, rows, scores = await shelf.event(), await shelf.rows(), await scores_of(shelf)
    again = await shelf.put(draft, now=LATER)
    assert await shelf.event() == before
    assert await shelf.rows() == rows
    assert await scores_of(shelf) == scores
    assert (again.preview.added, again.preview.changed, again.preview.removed) == ({}, {}, {})
    assert len(shelf.bell.rings) == 1


async def test_one_change_moves_seq_once_and_rings(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft)
    number = draft.matches[0].match_id
    moved = replace(draft.matches[0], court_id=draft.courts[-1].court_id)
    applied = await shelf.put(replace(draft, matches=(moved, *draft.matches[1:])), now=LATER)
    event = await shelf.event()
    assert (event["seq"], event["schedule_seq"], event["updated_at"]) == (2, 2, LATER)
    assert shelf.bell.rings == [(KEY, 1), (KEY, 2)]
    [change] = applied.preview.changed["matches"]
    assert change.id == number
    assert list(change.fields) == ["courtId"]


async def test_new_results_alone_move_seq_but_not_the_schedule(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(replace(draft, results=draft.results[1:]))
    await shelf.put(draft, now=LATER)
    event = await shelf.event()
    assert (event["seq"], event["schedule_seq"]) == (2, 1)
    assert len(await scores_of(shelf)) == len(draft.results)


async def test_a_preview_says_what_would_be_and_writes_nothing(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft)
    before = await shelf.rows()
    number = open_match(draft)
    less = minus(draft, number)
    async with shelf.db.read() as session:
        said = await preview(session, less, event_id=KEY, now=LATER)
    assert [one.id for one in said.removed["matches"]] == [number]
    assert await shelf.rows() == before
    done = await shelf.put(less, now=LATER)
    assert done.preview == said


async def test_a_bare_match_that_vanishes_is_deleted(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft)
    number = open_match(draft)
    await shelf.put(minus(draft, number), now=LATER)
    assert number not in (await shelf.rows())["match"]


@pytest.mark.parametrize("kept_by", ["score", "claim"])
async def test_a_vanished_match_with_a_score_or_a_claim_is_marked_and_kept(
    shelf: Shelf, draft: Draft, kept_by: str
) -> None:
    await shelf.put(draft)
    number = open_match(draft)
    await (score if kept_by == "score" else claim)(shelf, number)
    applied = await shelf.put(minus(draft, number), now=LATER)
    assert (await shelf.rows())["match"][number]["vanished_at"] == LATER
    assert [one.id for one in applied.preview.vanished] == [number]
    again = await shelf.put(minus(draft, number), now=LATER + 1)
    assert again.preview.vanished == []
    assert (await shelf.rows())["match"][number]["vanished_at"] == LATER


async def test_a_vanished_match_comes_back_unmarked(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft)
    number = open_match(draft)
    await score(shelf, number)
    await shelf.put(minus(draft, number))
    back = await shelf.put(draft, now=LATER)
    assert (await shelf.rows())["match"][number]["vanished_at"] is None
    assert [one.id for one in back.preview.returned] == [number]
    assert (await scores_of(shelf))[number].revision == 4


async def test_what_a_vanished_match_refers_to_stays(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft)
    number = open_match(draft)
    match = match_in(draft, number)
    await score(shelf, number)
    alone = replace(
        minus(draft, number),
        teams=tuple(one for one in draft.teams if one.team_id != match.team1.team_id),
        courts=tuple(one for one in draft.courts if one.court_id != match.court_id),
        matches=tuple(
            one
            for one in draft.matches
            if match.court_id != one.court_id
            and match.team1.team_id not in (one.team1.team_id, one.team2.team_id)
            and match.team1.team_id != one.work_team.team_id
        ),
        results=(),
    )
    await shelf.put(alone, now=LATER)
    rows = await shelf.rows()
    assert match.team1.team_id in rows["team"]
    assert match.court_id in rows["court"]


async def test_live_scores_and_claims_are_untouched(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft)
    number = open_match(draft)
    await score(shelf, number)
    await claim(shelf, number)
    moved = replace(match_in(draft, number), court_id=draft.courts[0].court_id, name="Moved")
    others = tuple(one for one in draft.matches if one.match_id != number)
    await shelf.put(replace(draft, matches=(*others, moved)), now=LATER)
    kept = (await scores_of(shelf))[number]
    assert (kept.revision, kept.sets, kept.author_id) == (4, [[3, 1, None]], SAM.id)
    async with shelf.db.read() as session:
        held = (await session.exec(select(Claim))).one()
    assert (held.holder_id, held.expires_at, held.fence) == (SAM.id, LATER, 1)


async def test_a_result_that_disagrees_with_people_becomes_a_conflict(
    shelf: Shelf, draft: Draft
) -> None:
    number = draft.results[0].match_id
    await shelf.put(replace(draft, results=draft.results[1:]))
    await score(shelf, number, "completed")
    for turn in (1, 2):
        await shelf.put(draft, now=LATER + turn)
    assert (await scores_of(shelf))[number].author_id == SAM.id
    async with shelf.db.read() as session:
        conflicts = (await session.exec(select(Conflict))).all()
    assert [one.match_id for one in conflicts] == [number]


async def test_placeholders_become_teams_in_place(
    shelf: Shelf, read: Reader, tournament: Tournament, half_played: dict[int, Result]
) -> None:
    """After the feeding play ends, AES puts the teams where the words were: same id."""
    before = await read(aes_answers(tournament))
    after = await read(aes_answers(tournament, half_played))
    number = next(
        match.match_id
        for match in after.matches
        if match.team1.team_id and not match_in(before, match.match_id).team1.team_id
    )
    await shelf.put(before)
    words = (await shelf.rows())["match"][number]
    assert words["team1_id"] is None
    assert words["team1_text"]
    applied = await shelf.put(after, now=LATER)
    row = (await shelf.rows())["match"][number]
    assert (row["team1_id"], row["team1_text"]) == (match_in(after, number).team1.team_id, "")
    assert "matches" not in applied.preview.added
    assert "matches" not in applied.preview.removed


async def test_teams_once_known_outlive_their_clearing(
    shelf: Shelf, read: Reader, finished_answers: Answers
) -> None:
    """After the event AES empties its brackets; what was known is not forgotten."""
    await shelf.put(await read(finished_answers))
    before = await shelf.rows()
    quirks.quirk_teams_cleared(finished_answers)
    for name, answer in finished_answers.items():
        for play in answer if name.startswith("brackets_") else ():
            play["Roots"] = [blanked(root) for root in play["Roots"]]
    cleared = await read(finished_answers)
    assert any(match.team1.team_id is None for match in cleared.matches)
    await shelf.put(cleared, now=LATER)
    after = await shelf.rows()
    for number, row in before["match"].items():
        assert after["match"][number]["team1_id"] == row["team1_id"]
        assert after["match"][number]["team2_id"] == row["team2_id"]


def blanked(node: dict[str, object]) -> dict[str, object]:
    match = node["Match"]
    assert isinstance(match, dict)
    match.update(FirstTeamText="", SecondTeamText="")
    sources = {key: blanked(node[key]) for key in ("TopSource", "BottomSource") if node[key]}  # type: ignore[arg-type]
    return node | sources


async def test_what_could_not_be_read_is_not_taken_for_gone(
    shelf: Shelf, read: Reader, answers: Answers
) -> None:
    whole = await read(answers)
    await shelf.put(whole)
    before = await shelf.rows()
    gone = next(name for name in answers if name.startswith("poolsheet_"))
    part = {n: one for n, one in answers.items() if n != gone and not n.startswith("courts_")}
    await shelf.put(await read(part), now=LATER)
    after = await shelf.rows()
    assert set(after["match"]) == set(before["match"])
    assert set(after["stage"]) == set(before["stage"])
    assert set(after["team"]) == set(before["team"])


async def test_an_unpublished_event_removes_nothing(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft)
    before = await shelf.rows()
    empty = Draft(event=draft.event, unread=Unread(everything=True))
    await shelf.put(empty, now=LATER)
    assert await shelf.rows() == before


async def test_formats_and_links_set_by_hand_outlive_an_import(shelf: Shelf, draft: Draft) -> None:
    """AES knows no division formats and no video links of ours."""
    festival = dict(format_to_wire(read_format("festival")))
    by_hand = replace(
        draft,
        divisions=tuple(replace(one, format=festival) for one in draft.divisions),
        courts=tuple(replace(one, video_link="https://v.example.org") for one in draft.courts),
    )
    await shelf.put(by_hand)
    await shelf.put(draft, now=LATER)
    rows = await shelf.rows()
    assert {row["format"]["id"] for row in rows["division"].values()} == {"festival"}
    assert {row["video_link"] for row in rows["court"].values()} == {"https://v.example.org"}


async def test_a_pool_that_was_read_and_is_empty_is_empty(
    shelf: Shelf, read: Reader, answers: Answers
) -> None:
    """Unlike a sheet that would not come, one without matches means: there are none."""
    before = await read(answers)
    number = next(stage.stage_id for stage in before.stages if stage.kind == "pool")
    bare = replace(before, results=())
    await shelf.put(bare)
    gone = {match.match_id for match in before.matches if match.stage_id == number}
    for match_id in gone:
        quirks.quirk_vanished(answers, match_id)
    await shelf.put(replace(await read(answers), results=()), now=LATER)
    assert not gone & set((await shelf.rows())["match"])


async def test_two_first_imports_at_once_make_one_event(shelf: Shelf, draft: Draft) -> None:
    await asyncio.gather(shelf.put(draft), shelf.put(draft))
    assert len((await shelf.rows())["match"]) == len(draft.matches)
    assert (await shelf.event())["seq"] == 1


async def test_another_organizers_event_is_refused(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft)
    before = await shelf.rows()
    with pytest.raises(Problem) as refused:
        await shelf.put(minus(draft, open_match(draft)), owner=RIVAL)
    assert (refused.value.status, refused.value.code) == (403, "not-owner")
    assert await shelf.rows() == before


async def test_an_event_that_must_be_new_is_refused_when_it_is_there(
    shelf: Shelf, draft: Draft
) -> None:
    await shelf.put(draft)
    with pytest.raises(Problem) as refused:
        await shelf.put(draft, must_be_new=True)
    assert (refused.value.status, refused.value.code) == (409, "event-exists")


async def test_a_failure_leaves_nothing_behind(shelf: Shelf, draft: Draft) -> None:
    broken = replace(draft, matches=(*draft.matches, replace(draft.matches[0], team1=Side(2**70))))
    with pytest.raises(Exception):  # noqa: B017, PT011 - each driver has its own for a number too large
        await shelf.put(broken)
    async with shelf.db.read() as session:
        assert (await session.exec(select(Score))).all() == []
    assert (await shelf.rows())["match"] == {}


async def test_the_programs_own_event_has_no_owner(shelf: Shelf, draft: Draft) -> None:
    await shelf.put(draft, owner=None)
    assert (await shelf.event())["owner_id"] is None


async def test_two_events_share_ids_and_stay_apart(shelf: Shelf, draft: Draft) -> None:
    """AES's negative ids recur in every event."""
    twin = replace(draft, event=replace(draft.event, event_id="twin"))
    await shelf.put(draft)
    await shelf.put(twin)
    await shelf.put(minus(draft, open_match(draft)), now=LATER)
    assert len((await shelf.rows("twin"))["match"]) == len(draft.matches)
