"""Patrol verdicts and report of a term, reckoned a second time from docs/patrol.md alone; shares nothing with the product.

    python3 tests/term/judge.py term.json > judged.json

Times are whole milliseconds since 1970. Quoted are docs/patrol.md; "Choice:" marks where it leaves one.
"""

import json
import sys
from bisect import bisect_left, bisect_right
from collections import namedtuple
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

SECOND, MINUTE, DAY = 1000, 60_000, 86_400_000
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
REACHED = ("on-time", "early", "late")
SOMEBODY_THERE = REACHED + ("wrong-order", "wrong-person")
CLOCK_TOLERANCE = 30 * SECOND
OLDEST_TOUCH = 35 * DAY

Point = namedtuple("Point", "id reader plan on_time_from on_time_to last")  # of one round, with its times on that day
Touch = namedtuple("Touch", "reader card person made learned source")  # person: an id or None

def parse(text):
    return (datetime.fromisoformat(text) - EPOCH) // timedelta(milliseconds=1)

class Clock:
    """Local time of the school, which has one offset all year."""

    def __init__(self, offset_min):
        self.offset, self.zone = offset_min * MINUTE, timezone(timedelta(minutes=offset_min))

    def show(self, moment):
        return (EPOCH + timedelta(milliseconds=moment)).astimezone(self.zone).isoformat(timespec="milliseconds")

    def day_of(self, moment):
        return EPOCH.date() + timedelta(days=(moment + self.offset) // DAY)

    def moment(self, day, hhmm):
        hours, minutes = (int(part) for part in hhmm.split(":"))
        return (day - EPOCH.date()).days * DAY - self.offset + (hours * 60 + minutes) * MINUTE

    def first_after(self, moment, hhmm):
        """Choice: strictly after, for at that very minute the last point can still be reached."""
        candidate = self.moment(self.day_of(moment), hhmm)
        return candidate if candidate > moment else candidate + DAY

def whole_seconds(duration):
    return (duration + SECOND // 2) // SECOND

def within(day, ranges):
    return any(span["from"] <= day <= span["to"] for span in ranges)

def round_is_on(plan, day, calendar):
    """A round is planned by weekday, by dates and for school days alone."""
    text = day.isoformat()
    if plan.get("from") and text < plan["from"] or plan.get("to") and text > plan["to"]:
        return False
    weekday = WEEKDAYS[day.weekday()]
    if plan.get("only") == "term":
        stands_for = {entry["day"]: entry["as"] for entry in calendar.get("makeUp", [])}
        if not within(text, calendar.get("terms", [])):
            return False
        # Choice: a make-up day is a school day, also where the holidays' dates cover it.
        if text in stands_for:
            weekday = stands_for[text]
        elif within(text, calendar.get("holidays", [])):
            return False
    return plan.get("days") is None or weekday in plan["days"]

def make_round(route, plan, start, clock):
    points = []
    for spec in route["points"]:
        at = start + round(spec["afterMin"] * MINUTE)
        points.append(Point(spec["id"], spec["reader"], at, at - round(spec["earlyMin"] * MINUTE),
                            at + round(spec["lateMin"] * MINUTE), at + round(spec["missMin"] * MINUTE)))
    # "from the moment it opens (its start, less the longest early of its points) until the last of its points can be
    # reached no more (plan + miss)"
    opens = start - max(point.plan - point.on_time_from for point in points)
    closes = max(point.last for point in points)
    # A baton's round is provisional until its read-out; None on a route that tells at once.
    read_out = clock.first_after(closes, route["uploadBy"]) if route.get("uploadBy") else None
    planned = [person for person in (plan.get("person"), plan.get("second")) if person]
    return SimpleNamespace(route=route["id"], ordered=route["ordered"], start=start, planned=planned, points=points,
                           opens=opens, closes=closes, read_out=read_out, touches={})  # touches: by index of the point

def plan_rounds(term, clock, begin, end):
    """The rounds of the span and those around it, which may claim a touch for themselves."""
    rounds = []
    for route in term["routes"]:
        if not route["points"]:
            continue
        # A round that competes with one of the span overlaps it, so it begins less than this far away.
        farthest = max(spec["afterMin"] + spec["missMin"] + spec["earlyMin"] for spec in route["points"])
        margin = timedelta(minutes=2 * farthest, days=1)
        day, last_day = clock.day_of(begin) - margin, clock.day_of(end) + margin
        while day <= last_day:
            for plan in route["rounds"]:
                if round_is_on(plan, day, term["calendar"]):
                    rounds.append(make_round(route, plan, clock.moment(day, plan["start"]), clock))
            day += timedelta(days=1)
    rounds.sort(key=lambda one: (one.start, one.route))
    return rounds

def believed_touches(term, at):
    """What is known at `at`, not undone, each touch once, with the time by which it counts."""
    owner = {card: person for person, cards in term["people"].items() for card in cards}
    told = [Touch(row["reader"], row["card"], row.get("person") or owner.get(row["card"]), parse(row["made"]),
                  parse(row["learned"]), row["source"])
            for row in term["touches"] if not row.get("undone")]
    # "of such rows the one that was taken in first stands"
    told = sorted((touch for touch in told if touch.learned <= at), key=lambda touch: (touch.learned, touch.made))
    # "a row without a person is the same as one of that baton, place and minute that names him". Choice: which baton it
    # was the input does not say, so that it is taken for the same.
    named_rows = {(touch.reader, touch.made // MINUTE) for touch in told
                  if touch.source == "import" and (touch.person or touch.card)}
    known, counting = set(), []
    for touch in told:
        if touch.source == "import":
            who = touch.person or touch.card
            if not who and (touch.reader, touch.made // MINUTE) in named_rows:
                continue
            key = ("import", touch.reader, who, touch.made // MINUTE)
        else:
            # Choice: what a person wrote down is another touch than what the reader told of the same second.
            key = (touch.source == "hand", touch.reader, touch.card, touch.person, touch.made // SECOND)
        if key in known:
            continue
        known.add(key)
        if touch.made > touch.learned + CLOCK_TOLERANCE:
            if touch.source == "import":
                continue  # "kept, marked, and judged in no round"
            touch = touch._replace(made=touch.learned)
        # Choice: "older than five weeks" is the touch, when it is told.
        if touch.learned - touch.made <= OLDEST_TOUCH:
            counting.append(touch)
    return counting

def hand_out(touches, rounds):
    """"Which round it belongs to": each touch goes to one point of one round, or to none."""
    visits = {}
    for one in rounds:
        for index, point in enumerate(one.points):
            visits.setdefault(point.reader, []).append((one.opens, one, index))
    for at_reader in visits.values():
        at_reader.sort(key=lambda visit: visit[0])
    longest = max((one.closes - one.opens for one in rounds), default=0)
    for touch in touches:
        at_reader = visits.get(touch.reader, [])
        first = bisect_left(at_reader, touch.made - longest, key=lambda visit: visit[0])
        behind = bisect_right(at_reader, touch.made, key=lambda visit: visit[0])
        could_take = [(one, index) for _, one, index in at_reader[first:behind]
                      if touch.made <= one.points[index].last]  # "whose point can still be reached"
        if not could_take:
            continue
        # "it belongs to one that plans whoever touched; else to the one whose plan is nearest; of two as near, to the
        # earlier one". Choice: a round that names nobody plans nobody; of several that plan him the nearest.
        # Choice: a reader that a route passes twice gives the touch to the point whose plan is nearest.
        one, index = min(could_take, key=lambda visit: (
            touch.person not in visit[0].planned, abs(touch.made - visit[0].points[visit[1]].plan),
            visit[0].start, visit[0].route, visit[1]))
        one.touches.setdefault(index, []).append(touch)

def by_time(point, touch):
    if touch.made < point.on_time_from:
        return "early"
    return "on-time" if touch.made <= point.on_time_to else "late"

def serves(point, touch):
    """Smaller is better: on time, of those the first; else the nearest to the plan. Choice: of two as near the first."""
    if by_time(point, touch) == "on-time":
        return (0, touch.made, 0)
    return (1, abs(touch.made - point.plan), touch.made)

def kind_of(touch, planned, cards_in_use):
    if touch.source == "hand":
        return "by-hand"
    if touch.person:
        return "counts" if not planned or touch.person in planned else "wrong-person"
    # "The row of a baton's file that names nobody counts"; "At a school whose people have no cards no card is unknown".
    if not cards_in_use or touch.source == "import" and not touch.card:
        return "counts"
    return "unknown-card"

def in_order(points, counting):
    """Of all ways to walk the touches in the order of the route the one that counts: index of the point -> touch.

    "the longest counts, of those as long the one with most points on time, then the one that comes to its last points
    soonest". A way is kept as (-length, -on time, its times from the last to the first) and the smallest is the best.
    """
    steps = [(index, touch) for index in sorted(counting) for touch in sorted(counting[index], key=lambda t: t.made)]
    ways = []  # the best way that ends with each step: (rank, step before it)
    for number, (index, touch) in enumerate(steps):
        on_time = by_time(points[index], touch) == "on-time"
        best = ((0, 0, ()), None)
        for before in range(number):
            # Choice: two points of one moment are in order.
            if steps[before][0] < index and steps[before][1].made <= touch.made and ways[before][0] < best[0]:
                best = (ways[before][0], before)
        length, served, times = best[0]
        ways.append(((length - 1, served - on_time, (touch.made,) + times), best[1]))
    if not ways:
        return {}
    at = min(range(len(ways)), key=lambda number: ways[number][0])
    chosen = []
    while at is not None:
        chosen.append(steps[at])
        at = ways[at][1]
    # "each of its points then takes, from the first on, the touch that serves it best between its neighbours'"
    chosen.reverse()
    result, soonest = {}, float("-inf")
    for place, (index, _) in enumerate(chosen):
        latest = chosen[place + 1][1].made if place + 1 < len(chosen) else float("inf")
        fitting = [touch for touch in counting[index] if soonest <= touch.made <= latest]
        result[index] = min(fitting, key=lambda touch: serves(points[index], touch))
        soonest = result[index].made
    return result

def judge_round(one, at, cards_in_use):
    """A verdict and the touch it rests on (or None) for each point."""
    kinds = []
    for index, point in enumerate(one.points):
        of_kind = {}
        for touch in one.touches.get(index, []):
            if touch.made <= point.last:
                of_kind.setdefault(kind_of(touch, one.planned, cards_in_use), []).append(touch)
        kinds.append(of_kind)
    counting = {index: of_kind["counts"] for index, of_kind in enumerate(kinds) if "counts" in of_kind}
    kept = in_order(one.points, counting) if one.ordered else {}
    judged = []
    for index, point in enumerate(one.points):
        best = {kind: min(found, key=lambda touch: serves(point, touch)) for kind, found in kinds[index].items()}
        if index in kept:
            verdict, touch = by_time(point, kept[index]), kept[index]
        elif "counts" in best:
            touch = best["counts"]
            verdict = "wrong-order" if one.ordered else by_time(point, touch)
        elif "wrong-person" in best:
            verdict, touch = "wrong-person", best["wrong-person"]
        elif at <= (point.last if one.read_out is None else one.read_out):
            # "The last two and missed are said when the time of the point has run out"
            verdict, touch = "pending", None
        elif "by-hand" in best:  # Choice: before unknown-card, where it was touched by both.
            verdict, touch = "by-hand", best["by-hand"]
        elif "unknown-card" in best:
            verdict, touch = "unknown-card", best["unknown-card"]
        else:
            verdict, touch = "missed", None
        judged.append((point, verdict, touch))
    return judged

def result_of(verdicts):
    if "pending" in verdicts:
        return "under-way"
    if all(verdict == "on-time" for verdict in verdicts):
        return "on-time"
    if all(verdict in REACHED for verdict in verdicts):
        return "complete"
    there = [verdict in SOMEBODY_THERE for verdict in verdicts]
    if not any(there):
        return "not-walked"
    # "somebody was at each of the first points and nobody at any after"
    return "broken-off" if there == sorted(there, reverse=True) and not all(there) else "not-complete"

def count(sums, verdict):
    sums["planned"] += 1
    sums["reached"] += verdict in REACHED
    sums["onTime"] += verdict == "on-time"
    sums["verdicts"][verdict] = sums["verdicts"].get(verdict, 0) + 1

def no_sums():
    return {"planned": 0, "reached": 0, "onTime": 0, "verdicts": {}}

def longest_gap(moments, begin, end):
    """Choice: of the points of the span's own rounds, from its beginning to its end or now, whichever is first."""
    marks = [begin] + sorted(moment for moment in moments if begin < moment < end) + [end]
    return max(0, max(later - earlier for earlier, later in zip(marks, marks[1:])))

def judge(term):
    clock = Clock(term["utcOffsetMin"])
    begin, end, at, since = (parse(term[name]) for name in ("from", "to", "at", "since"))
    cards_in_use = any(term["people"].values())
    rounds = plan_rounds(term, clock, begin, end)
    hand_out(believed_touches(term, at), rounds)
    shown, total, reached_at, pairs = [], no_sums(), [], []
    routes, people, points, days = {}, {}, {}, {}
    counts = {"over": 0, "complete": 0, "cancelled": 0, "brokenOff": 0, "underWay": 0}
    day = clock.day_of(begin)
    while clock.moment(day, "00:00") < end:  # "Every day of the span is listed, also one without rounds"
        days[day.isoformat()] = no_sums()
        day += timedelta(days=1)
    for one in rounds:
        if not begin <= one.start < end:
            continue
        if one.closes < since and not one.touches:
            continue  # "no round is made up" for a time when the gateway was off; a touch told later opens one
        judged = judge_round(one, at, cards_in_use)
        result, shown_points = result_of([verdict for _, verdict, _ in judged]), []
        counts["underWay" if result == "under-way" else "over"] += 1
        counts["complete"] += result in ("on-time", "complete")
        counts["brokenOff"] += result == "broken-off"
        for point, verdict, touch in judged:
            shown_points.append({
                "id": point.id, "verdict": verdict, "made": clock.show(touch.made) if touch else None,
                "offSec": whole_seconds(touch.made - point.plan) if touch else None,
                "person": touch.person if touch else None})
            if verdict == "pending":
                continue
            if verdict in REACHED:
                reached_at.append(touch.made)
            # "A miss is counted with whoever was planned, a touch with whoever touched"; "Of a round for two, what either of
            # them reached and what nobody did is counted with both"
            who = touch.person or "" if touch else "+".join(one.planned)
            if touch and len(one.planned) == 2 and touch.person in one.planned:
                who = "+".join(one.planned)
            for table, key in ((routes, one.route), (people, who), (points, one.route + "/" + point.id),
                               (days, clock.day_of(one.start).isoformat())):
                count(table.setdefault(key, no_sums()), verdict)
            count(total, verdict)
        shown.append({"route": one.route, "start": clock.show(one.start), "result": result, "points": shown_points})
        if len(one.planned) == 2 and result != "under-way":
            # "whoever of them touched any point of it by a reader, a phone or a baton that names him"
            seen = {touch.person for found in one.touches.values() for touch in found
                    if touch.source != "hand" and touch.person in one.planned}
            pairs.append({"route": one.route, "start": clock.show(one.start), "planned": one.planned, "seen": sorted(seen)})
    return {"rounds": shown, "pairs": pairs, "sums": total, "routes": routes, "people": people, "points": points, "days": days,
            "roundCounts": counts, "gapSec": whole_seconds(longest_gap(reached_at, begin, min(end, at)))}

if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        json.dump(judge(json.load(file)), sys.stdout, ensure_ascii=False, indent=1)
