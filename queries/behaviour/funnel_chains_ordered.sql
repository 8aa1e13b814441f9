-- purpose: The chains that reach one step, each with the latest start it can have.
-- grain:   track, at_us
-- reads:   funnel_asked, funnel_chains
-- params:
--   $step       integer  number of the step
--   $window_us  bigint   longest time from the first step
-- columns:
--   track            bigint   who, or who and where
--   at_us            bigint   when the last step of the chain was taken
--   step             integer  number of that step
--   depth            integer  required steps done; 0 after an optional one, from which nothing goes on
--   started_us       bigint   when the first step was taken, as late as can be
--   is_open          boolean  the next moment may go on from it
--   moment_no        bigint   of the track, in order
--   onward_epoch_us  bigint   last time up to the moment at which the gap after the step was broken

-- Of all chains that have come so far, the one that started last has most of the window left, whichever way it came:
-- keeping the latest start for every moment loses nobody. Taking the nearest next step instead would.

with

relevant as (

    select distinct from_depth
    from funnel_asked
    where step = $step and from_depth > 0

),

candidates as (

    select
        track,
        at_us,
        from_depth,
        gap_us,
        epoch_us,
        cast(null as bigint) as started_us,
        true as is_asked,
        depth,
        onward_epoch_us
    from funnel_asked
    where step = $step and from_depth > 0

    union all

    select
        track,
        at_us,
        depth as from_depth,
        cast(0 as bigint) as gap_us,
        onward_epoch_us as epoch_us,
        started_us,
        false as is_asked,
        depth,
        onward_epoch_us
    from funnel_chains
    where depth in (select from_depth from relevant)

),

arrived as (

    select
        track,
        at_us,
        is_asked,
        depth,
        onward_epoch_us,
        max(started_us) over (
            partition by track, from_depth, epoch_us
            order by at_us
            range between gap_us preceding and 1 preceding
        ) as started_us
    from candidates

),

reached as (

    select track, at_us, depth, onward_epoch_us, started_us
    from arrived
    where is_asked and at_us - started_us <= $window_us

    union all

    -- The whole way within one moment.
    select asked.track, asked.at_us, asked.depth, asked.onward_epoch_us, entries.started_us
    from funnel_asked as asked
    inner join funnel_chains as entries
        on
            asked.track = entries.track
            and asked.at_us = entries.at_us
            and entries.step = 1
    where asked.step = $step and asked.from_depth = 0

)

select
    track,
    at_us,
    $step as step,
    depth,
    max(started_us) as started_us,
    true as is_open,
    cast(0 as bigint) as moment_no,
    onward_epoch_us
from reached
group by track, at_us, depth, onward_epoch_us
