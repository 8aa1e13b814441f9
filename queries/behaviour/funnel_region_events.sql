-- purpose: What happened in a region in a period, with the steps each occurrence could serve.
-- grain:   none
-- reads:   funnel_region_occurrences, funnel_tracks, ask_filters
-- params:
--   $from_on  date  first day
--   $last_on  date  last day
-- columns:
--   track   bigint   the tie
--   at_us   bigint   microseconds from 1970 to the day
--   mask    integer  steps it could serve, a bit each
--   breaks  integer  gaps between required steps in which it must not happen

-- Of tables that no step names nothing is taken: only a row a step could have been stands between strict steps.

with

matched as (

    select
        occurrences.occurrence,
        occurrences.person_key,
        occurrences.municipality_code,
        occurrences.on_day,
        bit_or(coalesce(filters.step_bit, 0)) as mask,
        bit_or(coalesce(filters.gap_bit, 0)) as breaks
    from funnel_region_occurrences as occurrences
    left join ask_filters as filters
        on
            occurrences.source = filters.source
            and (filters.kinds is null or list_contains(filters.kinds, occurrences.kind))
            and (filters.programs is null or list_contains(filters.programs, occurrences.program))
            and (filters.nights_low is null or occurrences.nights >= filters.nights_low)
            and (filters.nights_high is null or occurrences.nights <= filters.nights_high)
            and (filters.nth_low is null or occurrences.nth >= filters.nth_low)
            and (filters.nth_high is null or occurrences.nth <= filters.nth_high)
    where
        occurrences.on_day between $from_on and $last_on
        and occurrences.source in (select source from ask_filters)
    group by
        occurrences.occurrence, occurrences.person_key, occurrences.municipality_code, occurrences.on_day

)

select
    tracks.track,
    date_diff('day', date '1970-01-01', matched.on_day) * 86400000000 as at_us,
    matched.mask,
    matched.breaks
from matched
inner join funnel_tracks as tracks
    on
        matched.person_key = tracks.person
        and matched.municipality_code = tracks.municipality_code
