-- purpose: The day a year before, and the horizon a member needs to be used on both days.
-- grain:   none
-- reads:   dim_as_ofs, mart_coverage
-- params:
--   $as_of  date  the day asked about
-- columns:
--   as_of     date  the day a year before
--   reach_on  date  only members whose horizon reaches this day are used

-- A day is measured for itself and, where a horizon ends within the year that follows, once more with
-- only the members that speak on the later day.
select
    dim_as_ofs.previous_on as as_of,
    max(mart_coverage.reach_on) as reach_on
from dim_as_ofs
inner join mart_coverage on mart_coverage.as_of = dim_as_ofs.previous_on
where dim_as_ofs.as_of = $as_of
group by dim_as_ofs.previous_on
