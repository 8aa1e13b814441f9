-- purpose: What happened from each moment to each later one within the window: tells how soon the steps were done.
-- grain:   track, at_us, took_us
-- reads:   funnel_moments
-- params:
--   $is_first   boolean  only from the first moment of each track in the period
--   $from_us    bigint   first moment of the period
--   $until_us   bigint   first moment after the period
--   $window_us  bigint   longest time from the first step
-- columns:
--   track      bigint   who, or who and where
--   at_us      bigint   the moment the span starts
--   took_us    bigint   length of the span
--   signature  hugeint  a bit for each event of the span that could serve a step

with

moments as (

    select track, at_us, signature
    from funnel_moments
    where signature <> 0

),

starts as (

    select track, at_us
    from moments
    where at_us >= $from_us and at_us < $until_us
    qualify
        not $is_first
        or row_number() over (
            partition by track
            order by at_us
        ) = 1

)

select
    starts.track,
    starts.at_us,
    moments.at_us - starts.at_us as took_us,
    bit_or(moments.signature) over (
        partition by starts.track, starts.at_us
        order by moments.at_us
        rows between unbounded preceding and current row
    ) as signature
from starts
inner join moments
    on
        starts.track = moments.track
        and moments.at_us >= starts.at_us
        and moments.at_us <= starts.at_us + $window_us
