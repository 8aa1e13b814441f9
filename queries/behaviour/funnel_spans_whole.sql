-- purpose: What happened within the window that starts at each moment.
-- grain:   track, at_us
-- reads:   funnel_moments
-- params:
--   $is_first   boolean  only from the first moment of each track in the period
--   $from_us    bigint   first moment of the period
--   $until_us   bigint   first moment after the period
--   $window_us  bigint   longest time from the first step
-- columns:
--   track      bigint   who, or who and where
--   at_us      bigint   the moment the span starts
--   took_us    bigint   null: how soon the steps were done is not asked
--   signature  hugeint  a bit for each event of the span that could serve a step

with

spans as (

    select
        track,
        at_us,
        bit_or(signature) over (
            partition by track
            order by at_us
            range between current row and $window_us following
        ) as signature
    from funnel_moments
    where signature <> 0

)

select
    track,
    at_us,
    cast(null as bigint) as took_us,
    signature
from spans
where at_us >= $from_us and at_us < $until_us
qualify
    not $is_first
    or row_number() over (
        partition by track
        order by at_us
    ) = 1
