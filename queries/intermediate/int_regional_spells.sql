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

known as (

    select
        person_key,
        municipality_code
    from int_municipality_spells
    group by person_key, municipality_code

),

known_in_several as (

    select person_key
    from known
    group by person_key
    having count(*) > 1

),

-- Only people known in several members need their stages compared; they are few.
compared_members as (

    select
        membership.region_level,
        membership.region_code,
        membership.horizon_on,
        membership.region_horizon_on,
        known.person_key,
        known.municipality_code
    from known
    inner join known_in_several
        on known.person_key = known_in_several.person_key
    inner join int_membership as membership
        on known.municipality_code = membership.municipality_code
    where membership.region_level <> 'municipality'
    qualify count(*) over (
        partition by membership.region_level, membership.region_code, known.person_key
    ) > 1

),

-- One number counts the members in each stage: four digits per stage, the highest in front. 9,999 members
-- would be needed to carry over; there are 1,741 municipalities.
digits as (

    select
        stage,
        cast(one as decimal(38, 0)) as one
    from (
        values
        ('settled', '10000000000000000000000000000'),
        ('dual', '1000000000000000000000000'),
        ('related', '100000000000000000000'),
        ('loyal', '10000000000000000'),
        ('tourist', '1000000000000'),
        ('routine', '100000000'),
        ('interest', '10000'),
        ('dormant', '1')
    ) as listed (stage, one)

),

compared_spells as (

    -- A member says nothing after its own horizon.
    select
        members.region_level,
        members.region_code,
        members.person_key,
        members.region_horizon_on + 1 as region_ends_on,
        spells.valid_from,
        coalesce(spells.valid_to, members.horizon_on + 1) as valid_to,
        digits.one
    from int_municipality_spells as spells
    inner join compared_members as members
        on
            spells.person_key = members.person_key
            and spells.municipality_code = members.municipality_code
    inner join digits
        on spells.stage = digits.stage

),

steps as (

    select region_level, region_code, person_key, region_ends_on, valid_from as day, one as step
    from compared_spells

    union all

    select region_level, region_code, person_key, region_ends_on, valid_to as day, -one as step
    from compared_spells

),

days as (

    select
        region_level,
        region_code,
        person_key,
        region_ends_on,
        day,
        cast(sum(step) as decimal(38, 0)) as step
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
        sum(step) over (
            partition by region_level, region_code, person_key
            order by day
            rows between unbounded preceding and current row
        ) as held
    from days

),

highest as (

    select
        region_level,
        region_code,
        person_key,
        region_ends_on,
        day,
        case
            when held >= 10000000000000000000000000000 then 'settled'
            when held >= 1000000000000000000000000 then 'dual'
            when held >= 100000000000000000000 then 'related'
            when held >= 10000000000000000 then 'loyal'
            when held >= 1000000000000 then 'tourist'
            when held >= 100000000 then 'routine'
            when held >= 10000 then 'interest'
            when held >= 1 then 'dormant'
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
        membership.region_level,
        membership.region_code,
        spells.person_key,
        spells.stage,
        spells.valid_from,
        coalesce(spells.valid_to, membership.horizon_on + 1) as valid_to,
        membership.region_horizon_on + 1 as region_ends_on
    from int_municipality_spells as spells
    inner join int_membership as membership
        on spells.municipality_code = membership.municipality_code
    left join compared_members as compared
        on
            spells.person_key = compared.person_key
            and spells.municipality_code = compared.municipality_code
            and membership.region_level = compared.region_level
            and membership.region_code = compared.region_code
    where membership.region_level <> 'municipality' and compared.person_key is null

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
