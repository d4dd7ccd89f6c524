"""Calling the roll: every team, club and court that any answer mentions, at its fullest."""

from dataclasses import dataclass, field

from courtsync_web.schedule.aes.source import is_id
from courtsync_web.schedule.aes.texts import region_of, suffixes, team_name
from courtsync_web.schedule.draft import DraftClub, DraftCourt, DraftTeam
from courtsync_web.schedule.placeholders import placeholder
from courtsync_web.schedule.words import folded, tidy


@dataclass(slots=True)
class Roll:
    """Who and what was seen so far. ``aliases``: code alias (folded) → division id."""

    aliases: dict[str, int] = field(default_factory=dict)
    teams: dict[int, DraftTeam] = field(default_factory=dict)
    clubs: dict[int, DraftClub] = field(default_factory=dict)
    courts: dict[int, DraftCourt] = field(default_factory=dict)
    regions: dict[int, str] = field(default_factory=dict)
    _named: dict[tuple[str, int | None], set[int]] = field(default_factory=dict)
    _coded: dict[str, set[int]] = field(default_factory=dict)

    def club(self, given: object) -> int | None:
        """Note a ``{ClubId, Name}``; its id."""
        if not isinstance(given, dict) or not is_id(given.get("ClubId")):
            return None
        number: int = given["ClubId"]
        self.clubs.setdefault(
            number, DraftClub(number, tidy(given.get("Name"), 160) or f"Club {number}")
        )
        return number

    def court(self, given: object) -> int | None:
        """Note a ``{CourtId, Name, VideoLink}``; its id."""
        if not isinstance(given, dict) or not is_id(given.get("CourtId")):
            return None
        number: int = given["CourtId"]
        known = self.courts.get(number)
        link = tidy(given.get("VideoLink"), 500) or (known.video_link if known else "")
        name = known.name if known else tidy(given.get("Name"), 80) or f"Court {abs(number)}"
        self.courts[number] = DraftCourt(number, name, link)
        return number

    def team(self, given: object, division: int | None) -> int | None:
        """Note a team object of a pool, a bracket or the assignments; its id."""
        if not isinstance(given, dict) or not is_id(given.get("TeamId")):
            return None
        own = given.get("Division")
        told = own.get("DivisionId") if isinstance(own, dict) else None
        self._note(
            DraftTeam(
                given["TeamId"],
                tidy(given.get("TeamName") or given.get("Name"), 160),
                tidy(given.get("TeamCode") or given.get("Code"), 40),
                self.club(given.get("Club")),
                told if is_id(told) else division,
            )
        )
        return int(given["TeamId"])

    def mention(self, team_id: object, name: object, text: object, division: int | None) -> None:
        """Note a team that a flat match names by id: the id counts, the text only helps."""
        if isinstance(team_id, int) and is_id(team_id):
            spoken = tidy(name, 160) or team_name(str(text or ""))[:160]
            self._note(DraftTeam(team_id, spoken, "", None, division))

    def region(self, team_id: object, text: object) -> None:
        """Note the region that a team's text carries."""
        found = region_of(text) if isinstance(text, str) and is_id(team_id) else None
        if found and is_id(team_id):
            self.regions.setdefault(team_id, found)

    def _note(self, seen: DraftTeam) -> None:
        known = self.teams.get(seen.team_id)
        team = seen if known is None else fuller(known, seen)
        self.teams[seen.team_id] = team
        if team.code:
            self._coded.setdefault(folded(team.code), set()).add(team.team_id)
        if team.name:
            for division in (team.division_id, None):
                self._named.setdefault((folded(team.name), division), set()).add(team.team_id)

    def called(self, text: str, division: int | None) -> int | None:
        """The one team that a text names, if it names exactly one.

        First in the division the text's suffix names (work teams cross divisions), then in
        the match's own, then anywhere in the event.
        """
        if not text or placeholder(team_name(text)):
            return None
        name = folded(team_name(text))
        places = [self.aliases[one] for one in map(folded, suffixes(text)) if one in self.aliases]
        for place in (*places, division, None):
            found = self._named.get((name, place), set())
            if len(found) == 1:
                return next(iter(found))
        return None

    def coded(self, code: object) -> int | None:
        """The one team that has a code: the next best thing where an id is missing."""
        found = self._coded.get(folded(code), set()) if isinstance(code, str) else set()
        return next(iter(found)) if len(found) == 1 else None

    def side(self, team_id: object, code: object, text: str, division: int | None) -> int | None:
        """Whose place in a match it is: by id, else by code, else by a text that names one."""
        if is_id(team_id):
            return team_id
        by_code = self.coded(code)
        return by_code if by_code is not None else self.called(text, division)


def fuller(known: DraftTeam, seen: DraftTeam) -> DraftTeam:
    """Two sightings of one team as one: nothing known is lost to a barer sighting."""
    return DraftTeam(
        known.team_id,
        known.name or seen.name,
        known.code or seen.code,
        known.club_id if known.club_id is not None else seen.club_id,
        known.division_id if known.division_id is not None else seen.division_id,
    )
