-- purpose: People of a region who first came on the same day and climbed on the same days, counted.
-- grain:   region_level, region_code, speaks_from, came_on, is_early, loyal_on, related_on, dual_on, settled_on
-- reads:   int_milestones, int_membership, int_cohort_days
-- params:  none
-- columns:
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  5 digits, 2 digits, JP, id of the group
--   speaks_from   date     members whose horizon reaches this day are used
--   came_on       date     first visit to one of them
--   is_early      boolean  came in the first 365 days of that member's log
--   loyal_on      date     first day in loyal, related or dual in one of them; null where never
--   related_on    date     first day in related or dual
--   dual_on       date     first day in dual
--   settled_on    date     first day in settled
--   people        bigint   alike in all of that

-- A region's stage is the highest over its members, so the first day on a rung or above it is the first of theirs.

with

speaking as (

    select distinct region_level, region_code, speaks_from
    from int_cohort_days

),

people as (

    select
        speaking.region_level,
        speaking.region_code,
        speaking.speaks_from,
        milestones.came_on,
        milestones.is_early,
        milestones.loyal_on,
        milestones.related_on,
        milestones.dual_on,
        milestones.settled_on
    from int_milestones as milestones
    inner join speaking
        on
            milestones.municipality_code = speaking.region_code
            and speaking.region_level = 'municipality'

    union all

    select
        speaking.region_level,
        speaking.region_code,
        speaking.speaks_from,
        min(milestones.came_on) as came_on,
        -- Where two members saw the person first on one day, early in one is early.
        min(
            date_diff('day', date '0001-01-01', milestones.came_on) * 2
            + case when milestones.is_early then 0 else 1 end
        ) % 2 = 0 as is_early,
        min(milestones.loyal_on) as loyal_on,
        min(milestones.related_on) as related_on,
        min(milestones.dual_on) as dual_on,
        min(milestones.settled_on) as settled_on
    from speaking
    inner join int_membership as membership
        on
            speaking.region_level = membership.region_level
            and speaking.region_code = membership.region_code
            and speaking.speaks_from <= membership.horizon_on
    inner join int_milestones as milestones
        on membership.municipality_code = milestones.municipality_code
    where speaking.region_level <> 'municipality'
    group by speaking.region_level, speaking.region_code, speaking.speaks_from, milestones.person_key

)

select
    region_level,
    region_code,
    speaks_from,
    came_on,
    is_early,
    loyal_on,
    related_on,
    dual_on,
    settled_on,
    count(*) as people
from people
group by region_level, region_code, speaks_from, came_on, is_early, loyal_on, related_on, dual_on, settled_on
