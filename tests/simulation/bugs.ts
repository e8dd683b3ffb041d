/**
 * Bugs a maintainer could make, each as an edit of the product's own text, with a story in which it shows and the checker
 * that must find it. The text is broken only in the memory of the process that plays the nights; see `plant`.
 */

export interface Bug {
  /** What somebody broke. */
  readonly what: string;
  readonly file: string;
  /** A value or a whole statement that stands in the file exactly once, and what stands there with the bug. */
  readonly edits: readonly (readonly [was: string, is: string])[];
  /** A story in which it shows, within the seeds that are played of each. */
  readonly story: string;
  readonly caughtBy: string;
}

const told = 'for (const listener of this.#listeners) listener.batch({ after, seq: this.#state.seq, events });';

export const bugs: readonly Bug[] = [
  {
    what: 'the gateway goes on before the journal has answered',
    file: 'src/app/gateway.ts',
    edits: [['await this.#keeping.keep(events);', 'void this.#keeping.keep(events);']],
    story: 'intrusion',
    caughtBy: 'never-ended',
  },
  {
    what: 'listeners are told first, and the journal written after',
    file: 'src/app/gateway.ts',
    edits: [
      [told, ''],
      ['await this.#keeping.keep(events);', `${told} await this.#keeping.keep(events);`],
    ],
    story: 'calm',
    caughtBy: 'kept-before-told',
  },
  {
    what: 'a batch the disk refused is dropped instead of tried again',
    file: 'src/app/gateway-keeping.ts',
    edits: [['trouble(error.why);', 'trouble(error.why); return;']],
    story: 'bad-disk',
    caughtBy: 'never-ended',
  },
  {
    what: 'while nothing happens nobody asks whether the journal is still there',
    file: 'src/app/gateway-keeping.ts',
    edits: [['this.#parts.world.elapsed() - this.#provedAt >= proofMs', 'false']],
    story: 'journal-gone',
    caughtBy: 'journal-loss-told',
  },
  {
    what: 'a journal that is gone is passed over while there is nothing to write',
    file: 'src/app/gateway-keeping.ts',
    edits: [['trouble(error.why);', 'if (events.length === 0) return; trouble(error.why);']],
    story: 'journal-gone',
    caughtBy: 'journal-loss-told',
  },
  {
    what: 'a journal that is back is still said to be gone',
    file: 'src/app/gateway-keeping.ts',
    edits: [['if (this.#stuck) trouble(undefined);', '']],
    story: 'journal-gone',
    caughtBy: 'journal-loss-told',
  },
  {
    what: 'a message is acknowledged as soon as it is in the inbox',
    file: 'src/app/gateway.ts',
    edits: [['return kept;', 'return Promise.resolve();']],
    story: 'two-at-once',
    caughtBy: 'kept-before-answered',
  },
  {
    what: 'duties are started from a state that is not kept yet',
    file: 'src/app/gateway.ts',
    edits: [
      [
        'await this.#keeping.keep(events);',
        'this.#duties.start(owed(this.#site, this.#view, this.#clock.now())); await this.#keeping.keep(events);',
      ],
    ],
    story: 'intrusion',
    caughtBy: 'kept-before-done',
  },
  {
    what: 'open alarms are lost at a restart',
    file: 'src/app/gateway.ts',
    edits: [
      [
        'this.#clock.from(this.#state.at);',
        'this.#clock.from(this.#state.at); this.#state.alarms.clear(); this.#state.keys.clear();',
      ],
    ],
    story: 'two-at-once',
    caughtBy: 'replay-equals-live',
  },
  {
    what: 'a machine that stood still believes that its devices were silent',
    file: 'src/app/gateway-standstill.ts',
    edits: [['this.#live.listeningSince = now;', '']],
    story: 'clock-step',
    caughtBy: 'no-alarm-without-cause',
  },
  {
    what: 'a silence that ended between two ticks is passed over',
    file: 'src/app/gateway.ts',
    edits: [['for (const silence of endedSilence(this.#site, this.#view, input.device, heard)) fold(silence);', '']],
    story: 'comes-and-goes',
    caughtBy: 'each-silence-told',
  },
  {
    what: 'hearing is measured by the clock on the wall',
    file: 'src/app/gateway.ts',
    edits: [['const heard = this.#parts.world.elapsed();', 'const heard = this.#parts.world.now();']],
    story: 'camera-deaf',
    caughtBy: 'silence-is-alarm',
  },
  {
    what: 'a value that is a fact is not handed on',
    file: 'src/app/gateway-intake.ts',
    edits: [
      [
        "return worth ? { kind: 'classified', reading, device, classes } : undefined;",
        "return worth && reading.values.length > 1 ? { kind: 'classified', reading, device, classes } : undefined;",
      ],
    ],
    story: 'guard-late',
    caughtBy: 'kept-before-answered',
  },
  {
    what: 'values that say nothing new are not booked',
    file: 'src/app/ledger.ts',
    edits: [['this.#line(line).judged += count;', '']],
    story: 'calm',
    caughtBy: 'accounts-balance',
  },
  {
    what: 'an event gets lost between step and journal',
    file: 'src/core/step.ts',
    edits: [['return draft.events;', "return draft.events.filter((event) => event.kind !== 'returned-to-normal');"]],
    story: 'intrusion',
    caughtBy: 'over-in-time',
  },
  {
    what: 'events of one step change their order',
    file: 'src/core/step.ts',
    edits: [['return draft.events;', "return draft.events.sort((a) => (a.kind === 'raised' ? -1 : 0));"]],
    story: 'intrusion',
    caughtBy: 'never-ended',
  },
  {
    what: 'events happen when the clock on the wall says so',
    file: 'src/core/draft.ts',
    edits: [['this.at = Math.max(at, state.at);', 'this.at = now;']],
    story: 'clock-steps',
    caughtBy: 'never-ended',
  },
  {
    what: 'what waits is measured by a clock that was set',
    file: 'src/core/evolve.ts',
    edits: [['moveTimes(state, from, to);', '']],
    story: 'clock-steps',
    caughtBy: 'escalated-in-time',
  },
  {
    what: 'nobody says that the clock was set',
    file: 'src/app/gateway.ts',
    edits: [["if (to !== undefined) void this.#internal({ kind: 'clock-stepped', to });", '']],
    story: 'clock-steps',
    caughtBy: 'clock-said',
  },
  {
    what: 'no screen says that the clock was set',
    file: 'src/app/gateway-limits.ts',
    edits: [['clockTrouble(state, at)', 'undefined']],
    story: 'clock-steps',
    caughtBy: 'clock-said',
  },
  {
    what: 'a schedule disarms by a clock that was only just set',
    file: 'src/core/site/clock-trust.ts',
    edits: [['return clock !== undefined && (clock.asks || at < clock.at + stepHoldMs);', 'return false;']],
    story: 'clock-steps',
    caughtBy: 'clock-said',
  },
  {
    what: 'a fence host whose readings stand still goes for a calm fence',
    file: 'src/core/fence/signal-still.ts',
    edits: [['if (!(missed || alone || moved || apart)) return;', 'return;']],
    story: 'still-wires',
    caughtBy: 'still-host-told',
  },
  {
    what: 'a host that has a side to itself is asked of its own side whether it stands still',
    file: 'src/core/fence/signal-still.ts',
    edits: [['if (other === side) continue;', 'if (other !== side) continue;']],
    story: 'still-wires',
    caughtBy: 'still-host-told',
  },
  {
    what: 'a zone that comes out of a bypass is first left to settle',
    file: 'src/app/gateway-detection.ts',
    edits: [
      [
        "if (event.kind === 'base-confirmed') relearn(this.#senses, event.zone);",
        "if (event.kind === 'zone-armed') this.#fed.delete(event.zone);",
      ],
      ['if (!any) return [];', 'if (!any || elapsed - fed.since < findAgainMs) return [];'],
    ],
    story: 'bypass-blink',
    caughtBy: 'felt-in-time',
  },
  {
    what: 'a bypass that ends teaches the bases as they stand',
    file: 'src/app/gateway-detection.ts',
    edits: [
      [
        "if (event.kind === 'base-confirmed') relearn(this.#senses, event.zone);",
        "if (event.kind === 'zone-armed') relearn(this.#senses, event.zone);",
      ],
    ],
    story: 'propped-apart',
    caughtBy: 'held-stays',
  },
  {
    what: 'wires passed one after the other count for nothing',
    file: 'src/core/fence/signal-climb.ts',
    edits: [['const since = passed(zone, limits, at);', 'const since = undefined;']],
    story: 'free-hands',
    caughtBy: 'felt-in-time',
  },
  {
    what: 'a pull is over once the wire rests where it is held',
    file: 'src/core/fence/signal-judge.ts',
    edits: [
      ['farN >= Math.max(upN / 2, heldShare * wire.pulledN)', 'wire.lastN - wire.quickN >= upN / 2'],
      [
        'const one = wire.quick.holds ? wire.quick : patient.holds ? patient : spread;',
        'const one = wire.quick.holds ? wire.quick : patient;',
      ],
    ],
    story: 'propped-apart',
    caughtBy: 'held-stays',
  },
  {
    what: 'what is felt while a zone was armed by hand waits for its schedule',
    file: 'src/core/condition/suppression.ts',
    edits: [
      [
        'if (!watching(draft.site, zone, mode ?? zoneMode(draft.state, zone))) return;',
        "if (!watching(draft.site, zone, mode ?? zoneMode(draft.state, zone)) || (t.cause.startsWith('detection/') && draft.state.zones.get(zone)?.by !== 'schedule')) return;",
      ],
    ],
    story: 'bypass-blink',
    caughtBy: 'felt-raises',
  },
  {
    what: 'an armed fence that cannot be heard waits like a camera',
    file: 'src/core/site/deafness.ts',
    edits: [['zonesHeard(site, state, device, armed).length > 0 ? 1 : device.commsPriority', 'device.commsPriority']],
    story: 'storm',
    caughtBy: 'deaf-is-urgent',
  },
  {
    what: 'a switch that died is one incident for each of its lines',
    file: 'src/core/alarm/incidents.ts',
    edits: [['outage(site, open, mine)', '[]']],
    story: 'power-cut',
    caughtBy: 'incidents-whole',
  },
  {
    what: 'a second wire raises a second alarm',
    file: 'src/core/alarm/alarms.ts',
    edits: [['if (!open) return raise(draft, t);', 'if (!open?.causes.includes(t.cause)) return raise(draft, t);']],
    story: 'two-at-once',
    caughtBy: 'never-ended',
  },
  {
    what: 'an acknowledged alarm is no longer found by its key',
    file: 'src/core/alarm/evolve-alarm.ts',
    edits: [
      [
        'state.alarms.set(alarm.id, alarm);',
        'state.alarms.set(alarm.id, alarm); if (alarm.acked) state.keys.delete(alarm.key);',
      ],
    ],
    story: 'two-at-once',
    caughtBy: 'no-twins',
  },
  {
    what: 'an alarm closes by itself when its condition is over',
    file: 'src/core/alarm/alarms.ts',
    edits: [
      [
        "draft.add({ kind: 'returned-to-normal', alarm: open.id, cause, ...(why !== undefined && { why }) });",
        "draft.add({ kind: 'returned-to-normal', alarm: open.id, cause }); if (open.causes.length === 1) draft.add({ kind: 'closed', alarm: open.id, by: 'system', reason: 'E1' });",
      ],
    ],
    story: 'intrusion',
    caughtBy: 'latched',
  },
  {
    what: 'whatever is over closes by itself, as the weather does',
    file: 'src/core/alarm/self-closing.ts',
    edits: [['!selfClosing.has(kind) || priority < 4 || causes.length > 0', 'causes.length > 0']],
    story: 'intrusion',
    caughtBy: 'latched',
  },
  {
    what: 'a message sent twice counts twice',
    file: 'src/core/condition/classify.ts',
    edits: [['return id !== undefined && (state.recentIds.get(device)?.has(id) ?? false);', 'return false;']],
    story: 'two-at-once',
    caughtBy: 'one-message-one-fact',
  },
  {
    what: 'what was sent twice is forgotten at a restart',
    file: 'src/core/evolve.ts',
    edits: [['state.startedAt = event.at;', 'state.startedAt = event.at; state.recentIds.clear();']],
    story: 'influx-away',
    caughtBy: 'one-message-one-fact',
  },
  {
    what: 'a disarmed zone hides that its housing is opened',
    file: 'src/core/condition/suppression.ts',
    edits: [
      [
        'if (always || zone === undefined) return trigger(draft, t);',
        'if (zone === undefined) return trigger(draft, t);',
      ],
    ],
    story: 'school-day',
    caughtBy: 'raised-in-time',
  },
  {
    what: 'a disarmed zone raises',
    file: 'src/core/site/watched.ts',
    edits: [
      [
        "return mode === 'armed' || (mode === 'disarmed' && lookup(site.zones, zone)?.always === true);",
        'return true;',
      ],
    ],
    story: 'school-day',
    caughtBy: 'armed-only',
  },
  {
    what: 'nobody looks for devices that fall silent',
    file: 'src/core/condition/comms-loss.ts',
    edits: [['if (quietMs(site, view, device, elapsed) <= device.staleMs) continue;', 'continue;']],
    story: 'camera-deaf',
    caughtBy: 'silence-is-alarm',
  },
  {
    what: 'a siren is never switched off',
    file: 'src/core/alarm/duties.ts',
    edits: [['!state.sounding.has(key)', 'true']],
    story: 'intrusion',
    caughtBy: 'siren-sounds',
  },
  {
    what: 'a siren is not owed',
    file: 'src/core/alarm/duties.ts',
    edits: [['if (entry && wantsSiren(state, alarm, now)) entry.on = true;', '']],
    story: 'intrusion',
    caughtBy: 'siren-sounds',
  },
  {
    what: 'no picture is owed when a zone has a camera',
    file: 'src/core/alarm/duties.ts',
    edits: [['if (camera === undefined) continue;', 'if (camera !== alarm.device) continue;']],
    story: 'intrusion',
    caughtBy: 'pictures-brought',
  },
  {
    what: 'a scan is judged by when it arrived',
    file: 'src/core/patrol/touches.ts',
    edits: [['sourceTime > now + aheadMs && { doubt: true, countedAs: now }', '{ countedAs: now }']],
    story: 'guard-late',
    caughtBy: 'verdicts-true',
  },
  {
    what: 'a missed checkpoint is no alarm',
    file: 'src/core/patrol/judge.ts',
    edits: [['if (deadline < watching && now - deadline > promptMs) return;', 'return;']],
    story: 'guard-late',
    caughtBy: 'missed-in-time',
  },
  {
    what: 'a point that was reached after all stays missed for who is at the desk',
    file: 'src/core/patrol/rounds.ts',
    edits: [['  withdrawals.settle(draft, gone);', '']],
    story: 'readers-away',
    caughtBy: 'withdrawn-rightly',
  },
  {
    what: 'what was asked about is forgotten',
    file: 'src/core/patrol/suspect.ts',
    edits: [['if (asked.has(one.key)) continue;', '']],
    story: 'tags-in-drawer',
    caughtBy: 'suspected-once',
  },
  {
    what: 'nobody looks at the touches of a round that is over',
    file: 'src/core/patrol/suspect.ts',
    edits: [["kind === 'completed'", 'false']],
    story: 'tags-in-drawer',
    caughtBy: 'drawer-asked',
  },
  {
    what: 'a guard who touches twice is two',
    file: 'src/core/patrol/manning.ts',
    edits: [['const few = here.length < plan.persons;', 'const few = there.filter(covers).length < plan.persons;']],
    story: 'school-gates',
    caughtBy: 'posts-true',
  },
  {
    what: 'whoever could not be heard is lacking',
    file: 'src/core/patrol/manning.ts',
    edits: [
      ['const unheard = few && silent.some(covers);', 'const unheard = false;'],
      ["if (silent.some(covers)) return { standing: 'unheard', here };", ''],
    ],
    story: 'school-gates',
    caughtBy: 'short-in-time',
  },
  {
    what: 'a post that is short-handed is no alarm',
    file: 'src/core/patrol/posts.ts',
    edits: [['return raise(draft, watch, found);', 'return;']],
    story: 'school-gates',
    caughtBy: 'short-in-time',
  },
  {
    what: 'the schedule is read in UTC',
    file: 'src/core/site/armed-plan.ts',
    edits: [['scheduled(schedule, site, now)', 'scheduled(schedule, { ...site, utcOffsetMin: 0 }, now)']],
    story: 'calm',
    caughtBy: 'schedules-kept',
  },
  {
    what: 'a bypass never ends',
    file: 'src/core/site/armed-plan.ts',
    edits: [['return known.until === undefined || known.until > at;', 'return true;']],
    story: 'two-at-once',
    caughtBy: 'schedules-kept',
  },
  {
    what: 'a link of the chain holds its own event only',
    file: 'src/store/journal/chain.ts',
    edits: [["hash('sha256', previous + json, 'hex')", "hash('sha256', json, 'hex')"]],
    story: 'calm',
    caughtBy: 'chain-whole',
  },
  {
    what: 'the cursor is saved before InfluxDB has taken the points',
    file: 'src/store/influx/influx-ship.ts',
    edits: [
      [
        "await write(shipping, points, 'raw');",
        "position.samples = cursor; shipping.save(); await write(shipping, points, 'raw');",
      ],
    ],
    story: 'influx-away',
    caughtBy: 'influx-has-samples',
  },
  {
    what: 'facts InfluxDB did not take are passed over',
    file: 'src/store/influx/influx-ship.ts',
    edits: [['if (!last) return false;', 'if (!last) return false; position.events = last.seq;']],
    story: 'bad-disk',
    caughtBy: 'influx-has-facts',
  },
  {
    what: 'silent calls for help are shipped',
    file: 'src/store/influx/influx-ship.ts',
    edits: [["'covert' in event && event.covert === true", 'false']],
    story: 'bad-disk',
    caughtBy: 'influx-has-facts',
  },
  {
    what: 'the minute of a late sample is not made again',
    file: 'src/store/influx/influx-ship.ts',
    edits: [['for (const { at } of samples) if (at < position.rolled) late.add(minuteOf(at));', '']],
    story: 'clock-step',
    caughtBy: 'influx-has-minutes',
  },
  {
    what: 'a minute that could not be made again is forgotten',
    file: 'src/store/influx/influx-ship.ts',
    edits: [
      [
        'await roll(shipping, late, late + minuteMs);',
        'position.late = position.late.filter((minute) => minute !== late); await roll(shipping, late, late + minuteMs);',
      ],
    ],
    story: 'clock-step',
    caughtBy: 'influx-has-minutes',
  },
  {
    what: 'the follower gives up after a failure',
    file: 'src/store/follow.ts',
    edits: [['said(failure);', 'said(failure); return;']],
    story: 'storm',
    caughtBy: 'influx-has-samples',
  },
  {
    what: 'nobody is told a second time',
    file: 'src/core/alarm/escalation.ts',
    edits: [
      ['if (!empty && (reached < steps.length || at < since + repeatMs)) return undefined;', 'return undefined;'],
    ],
    story: 'intrusion',
    caughtBy: 'escalated-in-time',
  },
  {
    what: 'a chain that went up one step goes no further',
    file: 'src/core/alarm/escalation.ts',
    edits: [
      [
        "if (level > reached) return { level, why: 'unacknowledged' };",
        "if (reached === 0 && level > 0) return { level, why: 'unacknowledged' };",
      ],
    ],
    story: 'intrusion',
    caughtBy: 'escalated-in-time',
  },
  {
    what: 'an alarm on no screen waits for its chain',
    file: 'src/core/alarm/escalation.ts',
    edits: [['if (unseen) return { level: 1, why: unseen };', '']],
    story: 'power-cut',
    caughtBy: 'unpainted-told',
  },
  {
    what: 'what the wall has painted is not believed',
    file: 'src/core/alarm/escalation.ts',
    edits: [
      ["return seen.some(({ page }) => page === wallPage) ? undefined : 'not-displayed';", "return 'not-displayed';"],
    ],
    story: 'intrusion',
    caughtBy: 'escalated-rightly',
  },
  {
    what: 'what the desk shows counts for the wall',
    file: 'src/core/alarm/escalation.ts',
    edits: [
      [
        "return seen.some(({ page }) => page === wallPage) ? undefined : 'not-displayed';",
        "return seen.length > 0 ? undefined : 'not-displayed';",
      ],
    ],
    story: 'power-cut',
    caughtBy: 'unpainted-told',
  },
  {
    what: 'an alarm whose step comes to reach nobody waits there for the time of the next',
    file: 'src/core/alarm/reach.ts',
    edits: [
      ['return emptyFor(site, state, alarm, namedBy(site, state, step, at), at) !== undefined;', 'return false;'],
    ],
    story: 'empty-chairs',
    caughtBy: 'nobody-said',
  },
  {
    what: 'an account that is disabled still answers for its role',
    file: 'src/core/alarm/reach.ts',
    edits: [
      [
        'if (!wall && !disabled && mayAct.has(role)) found.add(role);',
        'if (!wall && mayAct.has(role)) found.add(role);',
      ],
      [
        'if (!account || account.disabled || at < alarm.waitingSince) return false;',
        'if (!account || at < alarm.waitingSince) return false;',
      ],
    ],
    story: 'empty-chairs',
    caughtBy: 'nobody-said',
  },
  {
    what: 'a channel that takes nothing still reaches somebody',
    file: 'src/core/alarm/reach.ts',
    edits: [['(channelFails.get(channel)?.fails ?? 0) < failsMax', 'true']],
    story: 'empty-chairs',
    caughtBy: 'nobody-said',
  },
  {
    what: 'one message that a channel did not take makes it no channel',
    file: 'src/core/alarm/reach.ts',
    edits: [['(channelFails.get(channel)?.fails ?? 0) < failsMax', '(channelFails.get(channel)?.fails ?? 0) < 1']],
    story: 'empty-chairs',
    caughtBy: 'nobody-said',
  },
  {
    what: 'the last resort is named and not told',
    file: 'src/core/alarm/escalation.ts',
    edits: [['lastResort ? [...steps, lastResortOf(site, alarm.covert === true)] : steps', 'steps']],
    story: 'empty-chairs',
    caughtBy: 'nobody-said',
  },
  {
    what: 'a school with a wall is told that it has none',
    file: 'src/core/alarm/escalation.ts',
    edits: [
      [
        "return seen.some(({ page }) => page === wallPage) ? undefined : 'not-displayed';",
        "return seen.some(({ page }) => page === wallPage) ? undefined : 'no-screen';",
      ],
    ],
    story: 'power-cut',
    caughtBy: 'escalated-rightly',
  },
  {
    what: 'an acknowledged alarm goes on up its chain',
    file: 'src/core/alarm/escalation.ts',
    edits: [['if (alarm.acked) return dueAfterAll(chain, alarm, at);', '']],
    story: 'intrusion',
    caughtBy: 'escalated-rightly',
  },
  {
    what: 'an acknowledged alarm is never asked about again',
    file: 'src/core/alarm/escalation.ts',
    edits: [['if (!alarm.acked || !pledge || !broken) return undefined;', 'return undefined;']],
    story: 'desk-leaves',
    caughtBy: 'pledges-kept',
  },
  {
    what: 'a promise that is not kept is told once',
    file: 'src/core/alarm/escalation.ts',
    edits: [['if (at < escalated.at + paceMs) return undefined;', 'return undefined;']],
    story: 'desk-leaves',
    caughtBy: 'pledges-kept',
  },
  {
    what: 'a promise begins anew with every tick',
    file: 'src/core/alarm/pledge.ts',
    edits: [
      [
        'const until = owed.since + limits.withinMs[owed.stage];',
        'const until = draft.at + limits.withinMs[owed.stage];',
      ],
      ['if (!owed || (pledge?.stage === owed.stage && pledge.since === owed.since)) continue;', 'if (!owed) continue;'],
      ['if (words > limits.renewals) continue;', ''],
    ],
    story: 'desk-leaves',
    caughtBy: 'pledges-kept',
  },
  {
    what: 'an urgent alarm nobody looked at is closed as nothing',
    file: 'src/core/alarm/claims.ts',
    edits: [['if (alarm.priority > 1 || !/^[BC]/.test(reason)) return undefined;', 'return undefined;']],
    story: 'insider',
    caughtBy: 'closed-as-claimed',
  },
  {
    what: 'every room is silenced for as long as somebody presses',
    file: 'src/core/act/silence-act.ts',
    edits: [["if (!calling.some(silenceable)) return refuse(draft, by, command, 'silenced-enough');", '']],
    story: 'insider',
    caughtBy: 'silence-ends',
  },
  {
    what: 'limits that hide something are given for ever on one word',
    file: 'src/core/act/tune-act.ts',
    edits: [
      [
        "if (until === undefined) return loose ? 'loose-limits' : undefined;",
        'if (until === undefined) return undefined;',
      ],
    ],
    story: 'limits-loosened',
    caughtBy: 'limits-bounded',
  },
  {
    what: 'limits that make a zone blind are given',
    file: 'src/core/act/tune-act.ts',
    edits: [["if (!given && blindLimits(limits).length > 0) return 'blind-limits';", '']],
    story: 'limits-loosened',
    caughtBy: 'limits-bounded',
  },
  {
    what: 'a trial of limits does not end',
    file: 'src/core/arming/tuning.ts',
    edits: [['tuned.until !== undefined && tuned.until <= draft.at', 'tuned.until === 0']],
    story: 'limits-loosened',
    caughtBy: 'limits-bounded',
  },
  {
    what: 'whoever loosened limits stands for them himself',
    file: 'src/core/act/tune-act.ts',
    edits: [["return gave.includes(by.name) ? 'not-second' : undefined;", 'return undefined;']],
    story: 'limits-loosened',
    caughtBy: 'limits-bounded',
  },
  {
    what: 'words give more time without end',
    file: 'src/core/alarm/pledge.ts',
    edits: [['const words = (pledge?.words ?? 0) + (forward ? 0 : 1);', 'const words = 0;']],
    story: 'insider',
    caughtBy: 'pledges-kept',
  },
  {
    what: 'a message that did not get through is given up',
    file: 'src/core/alarm/outbox.ts',
    edits: [['Math.max(noticeTries, 2 * waysOf(site, notice, covert).length)', '1']],
    story: 'power-cut',
    caughtBy: 'messages-sent',
  },
  {
    what: 'messages are owed on after the acknowledgement',
    file: 'src/core/alarm/evolve-alarm.ts',
    edits: [
      [
        'return { ...alarm, acked, firstAcked: alarm.firstAcked ?? acked, notices: sent(alarm) };',
        'return { ...alarm, acked, firstAcked: alarm.firstAcked ?? acked };',
      ],
      [
        'return { ...rest, pledge: { by, stage, since, until, words }, notices: sent(alarm) };',
        'return { ...rest, pledge: { by, stage, since, until, words } };',
      ],
    ],
    story: 'bad-disk',
    caughtBy: 'messages-sent',
  },
  {
    what: 'two alarms in one place are two incidents',
    file: 'src/core/alarm/incidents.ts',
    edits: [
      ["return placesOf(site, other).some((id) => places.has(id)) ? 'same-place' : undefined;", 'return undefined;'],
    ],
    story: 'storm',
    caughtBy: 'incidents-whole',
  },
  {
    what: 'a cut wire is told among the devices that nobody hears',
    file: 'src/core/alarm/incidents.ts',
    edits: [["if ((mine.kind === 'comms') !== (other.kind === 'comms')) return undefined;", '']],
    story: 'storm',
    caughtBy: 'incidents-whole',
  },
  {
    what: 'an alarm that joins an incident loses its own triggers',
    file: 'src/core/alarm/evolve-alarm.ts',
    edits: [
      [
        'return { ...alarm, incident: event.incident, joining: event.why };',
        'return { ...alarm, incident: event.incident, joining: event.why, count: 1, causes: [] };',
      ],
    ],
    story: 'storm',
    caughtBy: 'incidents-whole',
  },
  {
    what: 'a flood is said at twice as many alarms',
    file: 'src/core/alarm/flood.ts',
    edits: [
      [
        "if (!flood && count > floodAbove) draft.add({ kind: 'flooded', on: true, count });",
        "if (!flood && count > 2 * floodAbove) draft.add({ kind: 'flooded', on: true, count });",
      ],
    ],
    story: 'storm',
    caughtBy: 'floods-said',
  },
  {
    what: 'a flood never ends',
    file: 'src/core/alarm/flood.ts',
    edits: [["if (flood && count < floodBelow) draft.add({ kind: 'flooded', on: false, count });", '']],
    story: 'storm',
    caughtBy: 'floods-said',
  },
  {
    what: 'nobody is given time to leave',
    file: 'src/core/act/arm-act.ts',
    edits: [['const exitUntil = exitOf(draft, area, mode);', 'const exitUntil = undefined;']],
    story: 'school-day',
    caughtBy: 'areas-kept',
  },
  {
    what: 'an area people have left is never set',
    file: 'src/core/arming/areas.ts',
    edits: [['known.exitUntil !== undefined && known.exitUntil <= draft.at', 'false']],
    story: 'school-day',
    caughtBy: 'areas-kept',
  },
  {
    what: 'how a camera stood when it was heard again is no news',
    file: 'src/core/condition/rules.ts',
    edits: [['if (at.initial && !isNews(draft, point, rule, at.before)) return;', 'if (at.initial) return;']],
    story: 'cable-mask-cable',
    caughtBy: 'raised-in-time',
  },
  {
    what: 'what was masked before is taken for masked now',
    file: 'src/core/condition/rules.ts',
    edits: [['if (!before || !matches(rule.when, before.value, true)) return true;', 'if (!before) return true;']],
    story: 'cable-mask-cable',
    caughtBy: 'raised-in-time',
  },
  {
    what: 'a camera that is found uncovered says nothing',
    file: 'src/core/condition/rules.ts',
    edits: [['if (stands) over(draft, key, cause);', 'if (stands && !at.initial) over(draft, key, cause);']],
    story: 'cable-mask-cable',
    caughtBy: 'over-in-time',
  },
  {
    what: 'a walked zone raises',
    file: 'src/core/condition/suppression.ts',
    edits: [
      ['if (isTouch(t.alarm) && draft.walk?.zones.includes(zone)) return hit(draft, { ...t, zone }, sinceMs);', ''],
    ],
    story: 'intrusion',
    caughtBy: 'walk-counts',
  },
  {
    what: 'a walk test reaches beyond its zones',
    file: 'src/core/condition/suppression.ts',
    edits: [
      [
        'if (isTouch(t.alarm) && draft.walk?.zones.includes(zone)) return hit(draft, { ...t, zone }, sinceMs);',
        'if (isTouch(t.alarm) && draft.walk) return hit(draft, { ...t, zone }, sinceMs);',
      ],
    ],
    story: 'intrusion',
    caughtBy: 'raised-in-time',
  },
  {
    what: 'a walk test that is over leaves what stands unsaid',
    file: 'src/core/arming/walk-test.ts',
    edits: [['if (running && running.until <= draft.at) endWalkTest(draft, walkTimer, running.zones);', '']],
    story: 'intrusion',
    caughtBy: 'raised-in-time',
  },
  {
    what: 'what a channel takes in a minute is not asked for',
    file: 'src/core/tell/pace.ts',
    edits: [['if (perMin === undefined) return Number.POSITIVE_INFINITY;', 'return Number.POSITIVE_INFINITY;']],
    story: 'flood-one-robot',
    caughtBy: 'rate-kept',
  },
  {
    what: 'a channel that fails never gives way',
    file: 'src/core/alarm/outbox.ts',
    edits: [['next = lookup(site.channels, next)?.instead;', 'next = undefined;']],
    story: 'robot-down',
    caughtBy: 'nobody-untold',
  },
  {
    what: 'whoever was told is not told that somebody took it',
    file: 'src/core/act/acknowledge-act.ts',
    edits: [['tellTaken(draft, by, alarm);', '']],
    story: 'nobody-answers',
    caughtBy: 'taken-said',
  },
  {
    what: 'a message that may have arrived is sent again without a word of it',
    file: 'src/core/alarm/outbox.ts',
    edits: [['doubts.has(notice.id)', 'false']],
    story: 'robot-down',
    caughtBy: 'told-once',
  },
  {
    what: 'what is not urgent is sent again though it may have arrived',
    file: 'src/core/alarm/outbox.ts',
    edits: [['if (notice.doubt && priority > 2) return true;', '']],
    story: 'robot-down',
    caughtBy: 'told-once',
  },
  {
    what: 'a rung whose time passed while nobody looked is left out',
    file: 'src/core/alarm/outbox.ts',
    edits: [
      ['sentAt !== undefined || notice.at > at', 'sentAt !== undefined || notice.at > at || at > notice.at + 1_000'],
    ],
    story: 'robot-down',
    caughtBy: 'nobody-untold',
  },
];
