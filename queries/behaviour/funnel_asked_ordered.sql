-- purpose: Every step that could be taken at every moment, in funnels in which nothing may break a gap.
-- grain:   track, at_us, step, from_depth
-- reads:   funnel_moments, funnel_links
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

select
    moments.track,
    moments.at_us,
    links.step,
    links.depth,
    links.from_depth,
    links.gap_us,
    false as is_full,
    cast(0 as bigint) as moment_no,
    cast(0 as bigint) as epoch_us,
    cast(0 as bigint) as onward_epoch_us
from funnel_moments as moments
inner join funnel_links as links
    on moments.signature = links.signature
