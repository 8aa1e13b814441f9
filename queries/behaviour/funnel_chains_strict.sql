-- purpose: The chains that reach one step without another event between, each with the latest start it can have.
-- grain:   track, at_us, is_open
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

-- Events of one moment may have come in any order. So what else happened at the first moment of a chain came before it,
-- and at the last moment after it; a moment in the middle must be used up. Only then does the chain go on.

with

reached as (

    select
        asked.track,
        asked.at_us,
        asked.depth,
        asked.moment_no,
        chains.started_us,
        asked.is_full as is_open
    from funnel_asked as asked
    inner join funnel_chains as chains
        on
            asked.track = chains.track
            and asked.from_depth = chains.depth
            and asked.moment_no = chains.moment_no + 1
    where
        asked.step = $step
        and asked.from_depth > 0
        and chains.is_open
        and asked.at_us - chains.at_us <= asked.gap_us
        and asked.at_us - chains.started_us <= $window_us

    union all

    select
        asked.track,
        asked.at_us,
        asked.depth,
        asked.moment_no,
        entries.started_us,
        true as is_open
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
    is_open,
    moment_no,
    cast(0 as bigint) as onward_epoch_us
from reached
group by track, at_us, depth, is_open, moment_no
