-- purpose: When each pair first came, and when it first stood on each rung of the ladder or a higher one.
-- grain:   municipality_code, person_key
-- reads:   int_visit_profiles, int_municipality_spells, int_horizons
-- params:  none
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code
--   came_on            date     first day of the first counted visit
--   is_early           boolean  came in the first 365 days of the log: may well have come before it began
--   loyal_on           date     first day in loyal, related or dual; null where never
--   related_on         date     first day in related or dual; null where never
--   dual_on            date     first day in dual; null where never
--   settled_on         date     first day in settled; null where never

with

climbed as (

    select
        person_key,
        municipality_code,
        min(case when stage in ('loyal', 'related', 'dual') then valid_from end) as loyal_on,
        min(case when stage in ('related', 'dual') then valid_from end) as related_on,
        min(case when stage = 'dual' then valid_from end) as dual_on,
        min(case when stage = 'settled' then valid_from end) as settled_on
    from int_municipality_spells
    where stage in ('loyal', 'related', 'dual', 'settled')
    group by person_key, municipality_code

)

select
    visits.person_key,
    visits.municipality_code,
    visits.arrived_on as came_on,
    visits.arrived_on < horizons.first_on + 365 as is_early,
    climbed.loyal_on,
    climbed.related_on,
    climbed.dual_on,
    climbed.settled_on
from int_visit_profiles as visits
inner join int_horizons as horizons
    on visits.municipality_code = horizons.municipality_code
left join climbed
    on
        visits.person_key = climbed.person_key
        and visits.municipality_code = climbed.municipality_code
where visits.arrived_before is null
