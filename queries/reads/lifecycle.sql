-- purpose: Month by month, or year by year, how many people are new to the ladder, stayed, came back, fell dormant.
-- grain:   as_of
-- reads:   mart_moves, mart_coverage
-- params:
--   $region_level   varchar  municipality, prefecture, nation, group
--   $region_code    varchar  code of the region
--   $as_of          date     last day shown
--   $span           varchar  month: since the month end before; year: since 365 days before
--   $segment_kind   varchar  all, or a kind of segment
--   $segment_value  varchar  all, or a value of that kind
-- columns:
--   as_of              date     last day of a month
--   fresh              bigint   on the ladder, or settled, for the first time
--   stayed             bigint   on it (or settled) on both days
--   resurrected        bigint   dormant on the earlier day, on it now
--   dormant            bigint   on it on the earlier day, dormant now
--   members_reporting  bigint   municipalities whose horizon reaches that day
--   status             varchar  provisional: the log began less than 365 days before, so that many look new; final

with

days as (

    select
        as_of,
        members_reporting,
        first_on
    from mart_coverage
    where
        region_level = $region_level
        and region_code = $region_code
        and as_of <= $as_of
        and reach_on = as_of
        and members_reporting > 0

),

moves as (

    select
        as_of,
        people,
        stage_from,
        stage_from in ('tourist', 'loyal', 'related', 'dual', 'settled') as was_active,
        stage_to in ('tourist', 'loyal', 'related', 'dual', 'settled') as is_active,
        stage_to
    from mart_moves
    where
        region_level = $region_level
        and region_code = $region_code
        and as_of <= $as_of
        and reach_on = as_of
        and span = $span
        and segment_kind = $segment_kind
        and segment_value = $segment_value

)

select
    days.as_of,
    cast(
        coalesce(sum(case when moves.stage_from in ('none', 'interest') and moves.is_active then moves.people end), 0)
        as bigint
    ) as fresh,
    cast(coalesce(sum(case when moves.was_active and moves.is_active then moves.people end), 0) as bigint) as stayed,
    cast(
        coalesce(sum(case when moves.stage_from = 'dormant' and moves.is_active then moves.people end), 0) as bigint
    ) as resurrected,
    cast(
        coalesce(sum(case when moves.was_active and moves.stage_to = 'dormant' then moves.people end), 0) as bigint
    ) as dormant,
    cast(max(days.members_reporting) as bigint) as members_reporting,
    case when max(days.first_on) > days.as_of - 364 then 'provisional' else 'final' end as status
from days
left join moves
    on days.as_of = moves.as_of
group by days.as_of
order by days.as_of
