-- purpose: Of the people in each stage on an earlier day, how many rose, stayed, fell, lapsed by one day; and half-lives.
-- grain:   stage_from
-- reads:   mart_moves, mart_long_moves, mart_stage_lives, mart_coverage
-- params:
--   $region_level   varchar  municipality, prefecture, nation, group
--   $region_code    varchar  code of the region
--   $as_of          date     the later day
--   $span           varchar  month, quarter, half, year, two_years
--   $segment_kind   varchar  all, or a kind of segment (month and year alone)
--   $segment_value  varchar  all, or a value of that kind
-- columns:
--   stage_from     varchar  tourist, loyal, related, dual, then settled, routine, interest, dormant
--   is_ladder      boolean  tourist, loyal, related, dual
--   people         bigint   in the stage on the earlier day
--   rose           bigint   of these, on a higher rung, or settled; from beside the ladder: onto it, or settled
--   skipped        bigint   of those who rose, two rungs or more at once (settled counts as the rung above dual)
--   stayed         bigint   in the same stage
--   fell           bigint   on a lower rung
--   lapsed         bigint   dormant
--   beside         bigint   in routine or interest; or, from settled, anything else
--   rose_share     double   of people
--   stayed_share   double   of people
--   fell_share     double   of people
--   lapsed_share   double   of people
--   beside_share   double   of people
--   half_life      integer  days after which half have left the stage, on the region's last day; null where half have not
--   stays          bigint   times somebody entered the stage
--   status         varchar  final; provisional: the log began less than 365 days before the earlier day; no_data: after it

with

moves as (

    select stage_from, stage_to, people
    from mart_moves
    where
        region_level = $region_level
        and region_code = $region_code
        and as_of = $as_of
        and reach_on = as_of
        and span = $span
        and segment_kind = $segment_kind
        and segment_value = $segment_value

    union all

    select stage_from, stage_to, people
    from mart_long_moves
    where
        region_level = $region_level
        and region_code = $region_code
        and as_of = $as_of
        and span = $span
        and $segment_kind = 'all'

),

stages as (

    select stage, rung, list_order
    from (
        values
        ('tourist', 1, 1),
        ('loyal', 2, 2),
        ('related', 3, 3),
        ('dual', 4, 4),
        ('settled', 5, 5),
        ('routine', 0, 6),
        ('interest', 0, 7),
        ('dormant', 0, 8)
    ) as listed (stage, rung, list_order)

),

judged as (

    select
        earlier.stage as stage_from,
        earlier.list_order,
        earlier.rung,
        moves.people,
        case
            when later.stage = earlier.stage then 'stayed'
            when later.rung > earlier.rung then 'rose'
            when later.rung > 0 then 'fell'
            when later.stage = 'dormant' then 'lapsed'
            else 'beside'
        end as outcome,
        later.rung - earlier.rung as rungs
    from stages as earlier
    left join moves
        on earlier.stage = moves.stage_from
    left join stages as later
        on moves.stage_to = later.stage

),

added as (

    select
        stage_from,
        list_order,
        rung between 1 and 4 as is_ladder,
        coalesce(sum(people), 0) as people,
        coalesce(sum(case when outcome = 'rose' then people end), 0) as rose,
        coalesce(sum(case when outcome = 'rose' and rung > 0 and rungs > 1 then people end), 0) as skipped,
        coalesce(sum(case when outcome = 'stayed' then people end), 0) as stayed,
        coalesce(sum(case when outcome = 'fell' then people end), 0) as fell,
        coalesce(sum(case when outcome = 'lapsed' then people end), 0) as lapsed,
        coalesce(sum(case when outcome = 'beside' then people end), 0) as beside
    from judged
    group by stage_from, list_order, rung

),

lives as (

    select
        stage,
        half_life,
        stays
    from mart_stage_lives
    where region_level = $region_level and region_code = $region_code
    qualify row_number() over (partition by stage order by as_of desc) = 1

),

earlier_day as (

    select
        case $span
            when 'month' then cast(date_trunc('month', cast($as_of as date)) as date) - 1
            when 'quarter' then cast(date_trunc('month', cast($as_of as date)) - interval 2 month as date) - 1
            when 'half' then cast(date_trunc('month', cast($as_of as date)) - interval 5 month as date) - 1
            when 'year' then cast($as_of as date) - 365
            else cast($as_of as date) - 730
        end as day,
        min(first_on) as first_on
    from mart_coverage
    where
        region_level = $region_level
        and region_code = $region_code
        and as_of = $as_of
        and reach_on = as_of

)

select
    added.stage_from,
    added.is_ladder,
    cast(added.people as bigint) as people,
    cast(added.rose as bigint) as rose,
    cast(added.skipped as bigint) as skipped,
    cast(added.stayed as bigint) as stayed,
    cast(added.fell as bigint) as fell,
    cast(added.lapsed as bigint) as lapsed,
    cast(added.beside as bigint) as beside,
    added.rose / nullif(cast(added.people as double), 0) as rose_share,
    added.stayed / nullif(cast(added.people as double), 0) as stayed_share,
    added.fell / nullif(cast(added.people as double), 0) as fell_share,
    added.lapsed / nullif(cast(added.people as double), 0) as lapsed_share,
    added.beside / nullif(cast(added.people as double), 0) as beside_share,
    lives.half_life,
    coalesce(lives.stays, 0) as stays,
    case
        when earlier_day.first_on is null or earlier_day.first_on > earlier_day.day then 'no_data'
        when earlier_day.first_on > earlier_day.day - 364 then 'provisional'
        else 'final'
    end as status
from added
left join lives
    on added.stage_from = lives.stage
cross join earlier_day
order by added.list_order
