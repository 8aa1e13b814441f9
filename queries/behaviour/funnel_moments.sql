-- purpose: What happened on each track at each moment, as a signature: which events, as far as it matters to the steps.
-- grain:   track, at_us
-- reads:   funnel_events, funnel_classes
-- params:
--   $is_strict  boolean  events that serve no step matter too
-- columns:
--   track      bigint   who, or who and where: what a step and the next one must share
--   at_us      bigint   microseconds since 1970
--   signature  hugeint  a bit for each event that could serve a step; events of a kind beyond its slots add none
--   breaks     integer  gaps between required steps in which something happened that must not
--   events     bigint   events at the moment

-- Events of one kind get its bits in turn. Of n consecutive ones on a track min(n, slots) different bits are set,
-- so a bitwise or over a moment, or over any run of moments, counts up to the number of steps they could serve.

with

single as (

    select
        events.track,
        events.at_us,
        cast(1 as hugeint) << classes.first_bit as event_bit,
        events.breaks
    from funnel_events as events
    inner join funnel_classes as classes
        on events.mask = classes.mask
    where classes.slots = 1

),

several as (

    select
        events.track,
        events.at_us,
        cast(1 as hugeint) << cast(
            classes.first_bit + (
                row_number() over (
                    partition by events.track, events.mask
                    order by events.at_us
                ) - 1
            ) % classes.slots as integer
        ) as event_bit,
        events.breaks
    from funnel_events as events
    inner join funnel_classes as classes
        on events.mask = classes.mask
    where classes.slots > 1

),

others as (

    select
        track,
        at_us,
        cast(0 as hugeint) as event_bit,
        breaks
    from funnel_events
    where mask = 0 and (breaks <> 0 or $is_strict)

),

marked as (

    select track, at_us, event_bit, breaks from single

    union all

    select track, at_us, event_bit, breaks from several

    union all

    select track, at_us, event_bit, breaks from others

)

select
    track,
    at_us,
    bit_or(event_bit) as signature,
    bit_or(breaks) as breaks,
    count(*) as events
from marked
group by track, at_us
