-- purpose: How many members of each region speak on each day, of how many.
-- grain:   region_level, region_code, as_of, reach_on
-- reads:   int_membership, int_as_ofs, ref_regions
-- params:  none
-- columns:
--   region_level   varchar  municipality, prefecture, nation, group
--   region_code    varchar  5 digits, 2 digits, JP, id of the group
--   as_of          date     the day
--   reach_on       date     only members whose horizon reaches this day are used
--   members_reporting  bigint  members whose horizon reaches the day
--   members_with_data  bigint  members with any row or a declared span
--   members_total      bigint  municipalities that belong to the region
--   first_on           date    first day covered by a member that speaks

select
    membership.region_level,
    membership.region_code,
    as_ofs.as_of,
    as_ofs.reach_on,
    count(case when membership.horizon_on >= as_ofs.reach_on then 1 end) as members_reporting,
    count(*) as members_with_data,
    max(regions.members_total) as members_total,
    min(case when membership.horizon_on >= as_ofs.reach_on then membership.first_on end) as first_on
from int_membership as membership
inner join ref_regions as regions
    on
        membership.region_level = regions.region_level
        and membership.region_code = regions.region_code
cross join int_as_ofs as as_ofs
group by membership.region_level, membership.region_code, as_ofs.as_of, as_ofs.reach_on
having min(case when membership.horizon_on >= as_ofs.reach_on then membership.first_on end) <= as_ofs.as_of
