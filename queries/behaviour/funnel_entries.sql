-- purpose: The moments at which a funnel is entered: chains of one step.
-- grain:   track, at_us
-- reads:   funnel_asked
-- params:
--   $is_first  boolean  only the first one of each track in the period
--   $from_us   bigint   first moment of the period
--   $until_us  bigint   first moment after the period
-- columns:
--   track            bigint   who, or who and where
--   at_us            bigint   when the last step of the chain was taken
--   step             integer  number of that step
--   depth            integer  required steps done; 0 after an optional one, from which nothing goes on
--   started_us       bigint   when the first step was taken, as late as can be
--   is_open          boolean  the next moment may go on from it
--   moment_no        bigint   of the track, in order
--   onward_epoch_us  bigint   last time up to the moment at which the gap after the step was broken

select
    track,
    at_us,
    step,
    depth,
    at_us as started_us,
    true as is_open,
    moment_no,
    onward_epoch_us
from funnel_asked
where step = 1 and at_us >= $from_us and at_us < $until_us
qualify
    not $is_first
    or row_number() over (
        partition by track
        order by at_us
    ) = 1
