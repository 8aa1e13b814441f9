-- purpose: How many days lie between a visit of the last 365 days and the one before it to the same place.
-- grain:   region_level, region_code, as_of, reach_on, gap_band
-- reads:   int_visit_profiles, int_pairs_at, int_membership, int_as_ofs, int_horizons
-- params:  none
-- columns:
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   gap_band       varchar  days from arrival to arrival: 1-30, 31-60, 61-90, 91-180, 181-270, 271-365, 366-730, 731+
--   returns        bigint   visits that followed an earlier one

-- Ties in stage routine on the day are left out, as in mart_visits.

with

gaps as (

    select
        membership.region_level,
        membership.region_code,
        as_ofs.as_of,
        as_ofs.reach_on,
        date_diff('day', visits.arrived_before, visits.arrived_on) as gap_days
    from int_visit_profiles as visits
    inner join int_as_ofs as as_ofs
        on visits.arrived_on between as_ofs.w365_from and as_ofs.as_of
    inner join int_horizons as horizons
        on
            visits.municipality_code = horizons.municipality_code
            and horizons.horizon_on >= as_ofs.reach_on
    left join int_pairs_at as pairs_at
        on
            as_ofs.as_of = pairs_at.as_of
            and as_ofs.reach_on = pairs_at.reach_on
            and visits.municipality_code = pairs_at.municipality_code
            and visits.person_key = pairs_at.person_key
    inner join int_membership as membership
        on visits.municipality_code = membership.municipality_code
    where
        visits.arrived_before is not null
        and (pairs_at.stage is null or pairs_at.stage <> 'routine')

),

banded as (

    select
        region_level,
        region_code,
        as_of,
        reach_on,
        case
            when gap_days <= 30 then '1-30'
            when gap_days <= 60 then '31-60'
            when gap_days <= 90 then '61-90'
            when gap_days <= 180 then '91-180'
            when gap_days <= 270 then '181-270'
            when gap_days <= 365 then '271-365'
            when gap_days <= 730 then '366-730'
            else '731+'
        end as gap_band
    from gaps

)

select
    region_level,
    region_code,
    as_of,
    reach_on,
    gap_band,
    count(*) as returns
from banded
group by region_level, region_code, as_of, reach_on, gap_band
