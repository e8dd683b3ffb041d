"""Alarm figures of a period, computed again from an exported journal, by nothing but their definitions.

    python3 figures.py events.ndjson FROM TO OFFSET        (times in ms since the epoch, offset of the school in minutes)

Standard library only, and no line of it is taken from the product: where the product streams, this looks at everything at
once, and where the product keeps a rule short, this asks the definition for every window, day and moment.

What counts: alarms of priority 1 to 3 as they were raised; silent calls for help (`quiet`) are in no figure. The period is
[FROM, TO). "Raised" means raised in the period. A window is ten minutes on the school's clock; empty ones count. A flood
begins when more than ten alarms were raised in the last ten minutes and ends when it is fewer than five. Chattering is
three triggers of one kind at one place within 60 s, fleeting an alarm that is over within 3 s, untouched. Stale is an alarm
open for more than 24 h, told for each local day. An acknowledgement is timed from when the alarm began to wait: the raise, a
trigger that took an earlier acknowledgement away or made it more urgent, its return from the shelf; only for alarms raised in
the period, and not while it lies on the shelf, where it waits for nobody. Arrival from the last dispatch in the period;
closing from the raise. Percentiles are by nearest rank. A month is 30 days.
"""

import json
import math
import sys
from bisect import bisect_left, bisect_right

TEN_MINUTES = 600_000
DAY = 86_400_000
ACK_TARGET = {1: 30_000, 2: 120_000, 3: 900_000}


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def nearest_rank(values, share):
    return sorted(values)[math.ceil(share * len(values)) - 1] if values else None


def spread(values):
    return {"count": len(values), "medianMs": nearest_rank(values, 0.5), "p90Ms": nearest_rank(values, 0.9)}


def judge(value, good, bearable=None):
    if value is None:
        return "none"
    if good(value):
        return "within"
    return "near" if bearable is not None and bearable(value) else "beyond"


def lives(events, end):
    """Each alarm that counts, by id, with everything said of it before the end."""
    alarms = {}
    for event in events:
        if event["at"] >= end:
            break
        if event["kind"] == "raised":
            if event["priority"] < 4 and not event.get("covert"):
                alarms[event["seq"]] = [event]
        elif event["kind"] == "unshelved":
            # Told by key: it concerns the one of its key that is open.
            for life in alarms.values():
                if life[0]["key"] == event["key"] and closed_at(life) is None:
                    life.append(event)
        elif event.get("alarm") in alarms:
            alarms[event["alarm"]].append(event)
    return alarms


def closed_at(life):
    return next((event["at"] for event in life if event["kind"] == "closed"), None)


def windows(times, start, end, offset):
    if end <= start:
        return {"from": first_window(start, offset), "counts": []}
    first = begin = first_window(start, offset)
    counts = []
    while begin < end:
        counts.append(sum(1 for at in times if begin <= at < begin + TEN_MINUTES))
        begin += TEN_MINUTES
    return {"from": first, "counts": counts}


def first_window(at, offset):
    local = at + offset * 60_000
    return local - local % TEN_MINUTES - offset * 60_000


def flood_ms(all_times, start, end):
    """Looks at every moment at which the number of alarms in the last ten minutes can change."""
    times = sorted(all_times)
    moments = sorted({*times, *(at + TEN_MINUTES for at in times), end})
    total, flooded, since = 0, False, None
    for moment in moments:
        if flooded:
            total += max(0, min(moment, end) - max(since, start))
        since = moment
        number = bisect_right(times, moment) - bisect_right(times, moment - TEN_MINUTES)
        flooded = number >= 5 if flooded else number > 10
    return total


def by_key(alarms, start, end):
    """For each kind at a place: the first alarm that tells of it, times raised, times triggered."""
    keys = {}
    for life in alarms.values():
        for event in life:
            if event["kind"] in ("raised", "repeated") and start <= event["at"] < end:
                told, raised, triggered = keys.setdefault(life[0]["key"], ([], [], []))
                told.append((event["seq"], life[0]))
                triggered.append(event["at"])
                if event["kind"] == "raised":
                    raised.append(event["at"])
    return {key: (min(told, key=lambda one: one[0])[1], raised, triggered) for key, (told, raised, triggered) in keys.items()}


def key_figures(key, alarm, count):
    zone = {"zone": alarm["zone"]} if "zone" in alarm else {}
    return {"key": key, "kind": alarm["alarm"], "device": alarm["device"], "count": count, **zone}


def chatters(triggered):
    times = sorted(triggered)
    return any(bisect_right(times, at + 60_000) - bisect_left(times, at) >= 3 for at in times)


def fleeting(life):
    raised = life[0]
    if not raised["active"]:
        return False
    for event in life[1:]:
        if event["kind"] in ("repeated", "acknowledged"):
            return False
        if event["kind"] == "returned-to-normal":
            return event["cause"] == raised["cause"] and event["at"] - raised["at"] <= 3_000
    return False


def stale(alarms, start, end, offset):
    if end <= start:
        return []
    local = offset * 60_000
    first, last = (start + local) // DAY, (end - 1 + local) // DAY
    days = []
    for day in range(first, last + 1):
        begin, until = max(start, day * DAY - local), min(end, (day + 1) * DAY - local)
        count = 0
        for life in alarms.values():
            old, gone = life[0]["at"] + DAY, closed_at(life)
            if max(begin, old) < min(until, end if gone is None else gone):
                count += 1
        days.append({"day": day, "count": count})
    return days


def quieting(events, start, end):
    period = [event for event in events if start <= event["at"] < end]
    shelved = [event for event in period if event["kind"] == "shelved"]
    bypassed = [event for event in period if event["kind"] == "zone-armed" and event["mode"] == "inhibited"]
    out = [event for event in period if event["kind"] == "zone-armed" and event["mode"] == "out-of-service"]
    refused = 0
    for event in period:
        if event["kind"] != "refused" or event["why"] != "no-right":
            continue
        command = event["command"]
        if command["do"] in ("shelve", "silence"):
            refused += 1
        elif command["do"] == "arm-zone" and command["mode"] in ("disarmed", "inhibited", "out-of-service"):
            refused += 1
        elif command["do"] == "arm-area" and command["mode"] in ("stay", "disarmed"):
            refused += 1
    reasonless = [event for event in shelved + bypassed + out if not event.get("reason", "").strip()]
    endless = [event for event in bypassed if "until" not in event and event not in reasonless]
    return {
        "unauthorised": len(reasonless) + len(endless),
        "refused": refused,
        "shelved": len(shelved),
        "inhibited": len(bypassed),
        "outOfService": len(out),
    }


def acknowledgements(life):
    """Who acknowledged, at which priority and after how long; last the wait that nobody ended, if there is one."""
    priority, waiting_since, aside, done = life[0]["priority"], life[0]["at"], False, []
    for event in life[1:]:
        if event["kind"] == "repeated":
            if waiting_since is None or event["priority"] < priority:
                waiting_since = event["at"]
            priority = min(priority, event["priority"])
        elif event["kind"] == "shelved":
            aside = True
        elif event["kind"] == "unshelved":
            aside = False
            if waiting_since is not None:
                waiting_since = event["at"]
        elif event["kind"] == "acknowledged":
            if not aside:
                done.append((event["by"], priority, event["at"] - waiting_since))
            waiting_since = None
    still = None if waiting_since is None or aside or closed_at(life) is not None else (priority, waiting_since)
    return done, still


def handling(alarms, start, end):
    acks, waiting, arrivals, closings = [], [], [], []
    for life in alarms.values():
        if life[0]["at"] >= start:
            done, still = acknowledgements(life)
            acks += done
            if still:
                waiting.append(still)
        sent = None
        for event in life:
            if event["at"] < start:
                continue
            if event["kind"] == "dispatched":
                sent = event["at"]
            elif event["kind"] == "arrived" and sent is not None:
                arrivals.append((event["by"], event["at"] - sent))
                sent = None
            elif event["kind"] == "closed":
                closings.append((event["by"], event["at"] - life[0]["at"]))

    def waits(chosen, priority):
        values = [ms for _, of, ms in chosen if of == priority]
        target = ACK_TARGET[priority]
        return {
            "priority": priority,
            "targetMs": target,
            **spread(values),
            "inTime": len([ms for ms in values if ms <= target]),
        }

    whole = []
    for priority in (1, 2, 3):
        own = waits(acks, priority)
        left = [since for of, since in waiting if of == priority]
        overdue = len([since for since in left if end - since > own["targetMs"]])
        due = own["count"] + overdue
        judged = "none" if due == 0 else "within" if 10 * own["inTime"] >= 9 * due else "beyond"
        whole.append({**own, "waiting": len(left), "overdue": overdue, "judged": judged})
    names = sorted({name for name, *_ in acks + arrivals + closings})
    people = [
        {
            "name": name,
            "waits": [waits([ack for ack in acks if ack[0] == name], priority) for priority in (1, 2, 3)],
            "arrivals": spread([ms for who, ms in arrivals if who == name]),
            "closings": spread([ms for who, ms in closings if who == name]),
        }
        for name in names
    ]
    return {
        "waits": whole,
        "arrivals": spread([ms for _, ms in arrivals]),
        "closings": spread([ms for _, ms in closings]),
        "people": people,
    }


def places(alarms, start, end):
    zones = {}
    for life in alarms.values():
        zone = zones.setdefault(life[0].get("zone", ""), {"raised": 0, "codes": []})
        if life[0]["at"] >= start:
            zone["raised"] += 1
        zone["codes"] += [event["reason"] for event in life if event["kind"] == "closed" and event["at"] >= start]
    rows = []
    for name in sorted(zones):
        raised, codes = zones[name]["raised"], zones[name]["codes"]
        if raised == 0 and not codes:
            continue
        nuisance, malfunction = (len([code for code in codes if code[0] == letter]) for letter in "BC")
        months = (end - start) / (30 * DAY) if end - start >= 7 * DAY else 0
        rows.append(
            {
                **({"zone": name} if name else {}),
                "raised": raised,
                "closed": len(codes),
                "byCode": {code: codes.count(code) for code in set(codes)},
                "nuisance": nuisance,
                "malfunction": malfunction,
                "nuisancePerMonth": nuisance / months if months > 0 else None,
                "malfunctionPerMonth": malfunction / months if months > 0 else None,
            }
        )
    return rows


def table(kpi, counts, keys, length, fleeting_count, chattering_count):
    total = kpi["raised"]
    by_priority = kpi.pop("priorities")
    share = lambda part, whole: part / whole if whole > 0 else None
    per = lambda ms: total / (length / ms) if length >= ms else None
    most = lambda values: max(values) if values else None
    top = share(sum(one["count"] for one in kpi["top"]), total)
    rows = [
        ("perHour", per(3_600_000), lambda v: v <= 6, lambda v: v <= 12),
        ("perTenMinutes", per(TEN_MINUTES), lambda v: v <= 1, lambda v: v <= 2),
        ("perDay", per(DAY), lambda v: v <= 150, lambda v: v <= 300),
        ("windowsOver", share(len([n for n in counts if n > 10]), len(counts)), lambda v: v < 0.01, None),
        ("windowMax", most(counts), lambda v: v <= 10, None),
        ("floodTime", share(kpi["floodMs"], length), lambda v: v < 0.01, None),
        ("topTen", top, lambda v: v <= 0.01, lambda v: v <= 0.05),
        ("chattering", chattering_count, lambda v: v == 0, None),
        ("fleeting", fleeting_count, lambda v: v == 0, None),
        ("stale", most([day["count"] for day in kpi["stale"]]), lambda v: v < 5, None),
        ("priority1", share(by_priority[1], total), lambda v: v <= 0.05, None),
        ("priority2", share(by_priority[2], total), lambda v: v <= 0.15, None),
        ("priority3", share(by_priority[3], total), lambda v: v >= 0.8, None),
        ("suppression", kpi["suppression"]["unauthorised"], lambda v: v == 0, None),
    ]
    judged = {name: judge(value, good, bearable) for name, value, good, bearable in rows}
    if keys <= 10:
        judged["topTen"] = "none"
    if total < 20:
        judged.update({f"priority{n}": "none" for n in (1, 2, 3)})
    if length <= 0:
        judged = {name: "none" for name in judged}
    return [{"id": name, "value": value, "judged": judged[name]} for name, value, *_ in rows]


def figures(events, start, end, offset):
    alarms = lives(events, end)
    alarms = {seq: life for seq, life in alarms.items() if closed_at(life) is None or closed_at(life) >= start}
    # A flood may have begun before the period, of alarms that were closed before it.
    all_times = [life[0]["at"] for life in lives(events, end).values()]
    fresh = {seq: life for seq, life in alarms.items() if life[0]["at"] >= start}
    times = [life[0]["at"] for life in fresh.values()]
    keys = by_key(alarms, start, end)
    raised_keys = sorted(((len(raised), key) for key, (_, raised, _) in keys.items() if raised), key=lambda one: (-one[0], one[1]))
    chattering = sorted(
        ((len(triggered), key) for key, (_, _, triggered) in keys.items() if chatters(triggered)),
        key=lambda one: (-one[0], one[1]),
    )
    period = [event for event in events if start <= event["at"] < end]
    closed = [event for life in alarms.values() for event in life if event["kind"] == "closed" and event["at"] >= start]
    maintenance = [event for event in period if event["kind"] == "raised" and event["priority"] == 4 and not event.get("covert")]
    kpi = {
        "from": start,
        "to": end,
        "windows": windows(times, start, end, offset),
        "floodMs": flood_ms(all_times, start, end),
        "raised": len(fresh),
        "maintenance": len(maintenance),
        "tests": len([event for event in closed if event["reason"] in ("D1", "D2")]),
        "keys": len(raised_keys),
        "top": [key_figures(key, keys[key][0], count) for count, key in raised_keys[:10]],
        "chattering": [key_figures(key, keys[key][0], count) for count, key in chattering],
        "stale": stale(alarms, start, end, offset),
        "suppression": quieting(events, start, end),
        **handling(alarms, start, end),
        "zones": places(alarms, start, end),
        "starts": len([event for event in period if event["kind"] == "started"]),
        "priorities": {p: len([1 for life in fresh.values() if life[0]["priority"] == p]) for p in (1, 2, 3)},
    }
    fleeting_count = len([life for life in fresh.values() if fleeting(life)])
    kpi["figures"] = table(kpi, kpi["windows"]["counts"], len(raised_keys), end - start, fleeting_count, len(chattering))
    return kpi


if __name__ == "__main__":
    path, start, end, offset = sys.argv[1], *(int(arg) for arg in sys.argv[2:5])
    json.dump(figures(read(path), start, end, offset), sys.stdout)
