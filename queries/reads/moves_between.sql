-- purpose: How many people went from which stage to which between any two days, over the members that reach the later one.
-- grain:   stage_from, stage_to
-- reads:   int_municipality_spells, int_horizons, ref_stages
-- params:
--   $since  date  the earlier day
--   $as_of  date  the later day
-- columns:
--   stage_from  varchar  none where there was no stage yet
--   stage_to    varchar  stage on the later day
--   people      bigint   distinct people

with

people as (

    -- The best stage has the least rank.
    select
        spells.person_key,
        min(
            case
                when spells.valid_from <= $since and (spells.valid_to is null or spells.valid_to > $since) then stages.rank
            end
        ) as rank_before,
        min(
            case
                when spells.valid_from <= $as_of and (spells.valid_to is null or spells.valid_to > $as_of) then stages.rank
            end
        ) as rank_now
    from int_municipality_spells as spells
    inner join int_horizons as horizons
        on
            spells.municipality_code = horizons.municipality_code
            and horizons.horizon_on >= $as_of
    inner join ref_stages as stages
        on spells.stage = stages.stage
    where spells.valid_from <= $as_of
    group by spells.person_key

)

select
    coalesce(earlier.stage, 'none') as stage_from,
    later.stage as stage_to,
    count(*) as people
from people
inner join ref_stages as later
    on people.rank_now = later.rank
left join ref_stages as earlier
    on people.rank_before = earlier.rank
group by earlier.stage, later.stage
order by stage_from, stage_to
