-- purpose: Every step that could be taken at every moment, with what broke the gaps between the required steps.
-- grain:   track, at_us, step, from_depth
-- reads:   funnel_moments, funnel_links, ask_steps
-- params:  none
-- columns:
--   track            bigint   who, or who and where
--   at_us            bigint   microseconds since 1970
--   step             integer  number of the step
--   depth            integer  required steps done with it; 0 for an optional one
--   from_depth       integer  required steps done before the moment
--   gap_us           bigint   longest time from the required step before to the first step of the moment
--   is_full          boolean  every event of the moment is used
--   moment_no        bigint   of the track, in order
--   epoch_us         bigint   last time before the moment at which the gap before it was broken
--   onward_epoch_us  bigint   last time up to the moment at which the gap after the step was broken

-- Two moments have nothing excluded strictly between them if and only if the last break up to the first one is the
-- last break before the second one. What happens at the moment of a step is not between it and another.

with

gaps as (

    select distinct gap_bit, cast(round(log2(gap_bit)) as integer) as after_depth
    from ask_steps
    where role = 'excluded'

),

breaks as (

    select
        moments.track,
        moments.at_us,
        gaps.after_depth
    from funnel_moments as moments
    inner join gaps
        on (moments.breaks & gaps.gap_bit) <> 0

),

steps as (

    select
        moments.track,
        moments.at_us,
        links.step,
        links.depth,
        links.from_depth,
        links.gap_us
    from funnel_moments as moments
    inner join funnel_links as links
        on moments.signature = links.signature

)

select
    steps.track,
    steps.at_us,
    steps.step,
    steps.depth,
    steps.from_depth,
    steps.gap_us,
    false as is_full,
    cast(0 as bigint) as moment_no,
    coalesce(before.at_us, -9000000000000000000) as epoch_us,
    coalesce(onward.at_us, -9000000000000000000) as onward_epoch_us
from steps
asof left join breaks as before
    on
        steps.track = before.track
        and steps.from_depth = before.after_depth
        and steps.at_us > before.at_us
asof left join breaks as onward
    on
        steps.track = onward.track
        and steps.depth = onward.after_depth
        and steps.at_us >= onward.at_us
