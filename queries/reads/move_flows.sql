-- purpose: Who changed stage between an earlier day and one day, the smallest flows taken together.
-- grain:   stage_from, stage_to
-- reads:   mart_moves, mart_long_moves
-- params:
--   $region_level   varchar  municipality, prefecture, nation, group
--   $region_code    varchar  code of the region
--   $as_of          date     the later day
--   $span           varchar  month, quarter, half, year, two_years
--   $segment_kind   varchar  all, or a kind of segment (month and year alone)
--   $segment_value  varchar  all, or a value of that kind
-- columns:
--   stage_from  varchar  none where there was no stage yet; other: several
--   stage_to    varchar  stage on the later day; other: several
--   people      bigint   distinct people
--   flows       bigint   how many flows are in it
--   share       double   of all who changed

-- Who stayed is left out: most do, and beside them nothing else could be seen. A flow under a hundredth of all goes
-- with the others from the same stage; where these are under a hundredth, too, with those from every stage. Who rose
-- is drawn however few: that is what the page is about.

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

rungs as (

    select stage, rung
    from (
        values
        ('none', 0), ('interest', 0), ('dormant', 0), ('routine', 0), ('tourist', 1), ('loyal', 2), ('related', 3),
        ('dual', 4), ('settled', 5)
    ) as listed (stage, rung)

),

changes as (

    select
        moves.stage_from,
        moves.stage_to,
        moves.people,
        moves.people / cast(sum(moves.people) over () as double) as share,
        later.rung > earlier.rung as is_rise
    from moves
    inner join rungs as earlier
        on moves.stage_from = earlier.stage
    inner join rungs as later
        on moves.stage_to = later.stage
    where moves.stage_from <> moves.stage_to and moves.people > 0

),

named as (

    select
        stage_from,
        stage_to,
        case when share < 0.01 and not is_rise then 'other' else stage_to end as drawn_to,
        people,
        share
    from changes

),

merged as (

    select
        stage_from,
        drawn_to as stage_to,
        sum(people) as people,
        count(*) as flows,
        sum(share) as share,
        max(stage_to) as only_to
    from named
    group by stage_from, drawn_to

),

renamed as (

    -- One small flow alone keeps its name, if it is not to go with the others.
    select
        case when stage_to = 'other' and share < 0.01 then 'other' else stage_from end as stage_from,
        case when stage_to = 'other' and flows = 1 and share >= 0.01 then only_to else stage_to end as stage_to,
        people,
        flows,
        share
    from merged

)

select
    stage_from,
    stage_to,
    cast(sum(people) as bigint) as people,
    cast(sum(flows) as bigint) as flows,
    sum(share) as share
from renamed
group by stage_from, stage_to
order by people desc, stage_from, stage_to
