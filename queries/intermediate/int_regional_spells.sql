-- purpose: The highest stage each person holds over the members of a prefecture, the nation or a group.
-- grain:   region_level, region_code, person_key, valid_from
-- reads:   int_municipality_spells, int_membership
-- params:  none
-- columns:
--   region_level  varchar  prefecture, nation, group
--   region_code   varchar  2 digits, JP, id of the group
--   person_key    bigint   keyed hash
--   stage         varchar  highest of settled, dual, related, loyal, tourist, routine, interest, dormant
--   valid_from    date     first day in the stage
--   valid_to      date     first day no longer in it; null while it holds at the last of the members' horizons

with

pairs as (

    select distinct
        person_key,
        municipality_code
    from int_municipality_spells

),

-- Only people known in several members need their stages compared; they are few.
people_in_several as (

    select
        membership.region_level,
        membership.region_code,
        pairs.person_key
    from pairs
    inner join int_membership as membership
        on pairs.municipality_code = membership.municipality_code
    where membership.region_level <> 'municipality'
    group by membership.region_level, membership.region_code, pairs.person_key
    having count(*) > 1

),

member_spells as (

    -- A member says nothing after its own horizon.
    select
        membership.region_level,
        membership.region_code,
        spells.person_key,
        spells.stage,
        spells.valid_from,
        coalesce(spells.valid_to, membership.horizon_on + 1) as valid_to,
        membership.region_horizon_on + 1 as region_ends_on,
        several.person_key is not null as is_in_several
    from int_municipality_spells as spells
    inner join int_membership as membership
        on spells.municipality_code = membership.municipality_code
    left join people_in_several as several
        on
            membership.region_level = several.region_level
            and membership.region_code = several.region_code
            and spells.person_key = several.person_key
    where membership.region_level <> 'municipality'

),

steps as (

    select region_level, region_code, person_key, region_ends_on, valid_from as day, stage, 1 as step
    from member_spells
    where is_in_several

    union all

    select region_level, region_code, person_key, region_ends_on, valid_to as day, stage, -1 as step
    from member_spells
    where is_in_several

),

days as (

    select
        region_level,
        region_code,
        person_key,
        region_ends_on,
        day,
        cast(sum(case when stage = 'settled' then step else 0 end) as integer) as settled,
        cast(sum(case when stage = 'dual' then step else 0 end) as integer) as dual,
        cast(sum(case when stage = 'related' then step else 0 end) as integer) as related,
        cast(sum(case when stage = 'loyal' then step else 0 end) as integer) as loyal,
        cast(sum(case when stage = 'tourist' then step else 0 end) as integer) as tourist,
        cast(sum(case when stage = 'routine' then step else 0 end) as integer) as routine,
        cast(sum(case when stage = 'interest' then step else 0 end) as integer) as interest,
        cast(sum(case when stage = 'dormant' then step else 0 end) as integer) as dormant
    from steps
    group by region_level, region_code, person_key, region_ends_on, day

),

places as (

    -- In how many members the person stands in each stage from that day on.
    select
        region_level,
        region_code,
        person_key,
        region_ends_on,
        day,
        sum(settled) over person as settled,
        sum(dual) over person as dual,
        sum(related) over person as related,
        sum(loyal) over person as loyal,
        sum(tourist) over person as tourist,
        sum(routine) over person as routine,
        sum(interest) over person as interest,
        sum(dormant) over person as dormant
    from days
    window person as (
        partition by region_level, region_code, person_key
        order by day
        rows between unbounded preceding and current row
    )

),

highest as (

    select
        region_level,
        region_code,
        person_key,
        region_ends_on,
        day,
        case
            when settled > 0 then 'settled'
            when dual > 0 then 'dual'
            when related > 0 then 'related'
            when loyal > 0 then 'loyal'
            when tourist > 0 then 'tourist'
            when routine > 0 then 'routine'
            when interest > 0 then 'interest'
            when dormant > 0 then 'dormant'
            else 'none'
        end as stage
    from places

),

changes as (

    select
        region_level,
        region_code,
        person_key,
        region_ends_on,
        day,
        stage
    from highest
    qualify stage <> coalesce(
        lag(stage) over (
            partition by region_level, region_code, person_key
            order by day
        ),
        'none'
    )

),

spells as (

    select
        region_level,
        region_code,
        person_key,
        stage,
        day as valid_from,
        lead(day) over (
            partition by region_level, region_code, person_key
            order by day
        ) as valid_to,
        region_ends_on
    from changes

    union all

    -- In one place only: the stage in the region is the stage there.
    select
        region_level,
        region_code,
        person_key,
        stage,
        valid_from,
        valid_to,
        region_ends_on
    from member_spells
    where not is_in_several

)

select
    region_level,
    region_code,
    person_key,
    stage,
    valid_from,
    nullif(valid_to, region_ends_on) as valid_to
from spells
where stage <> 'none'
