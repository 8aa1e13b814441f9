-- purpose: The few pairs that may meet a condition which visits alone do not decide.
-- grain:   person_key, municipality_code
-- reads:   int_visits, int_ties
-- params:  none
-- slots:   needs_signals
-- columns:
--   person_key         bigint   keyed hash
--   municipality_code  varchar  5-digit JIS X 0402 code

with

visit_totals as (

    select
        person_key,
        municipality_code,
        count(*) as visits,
        sum(nights) as nights
    from int_visits
    where counted
    group by person_key, municipality_code

),

totals as (

    select
        coalesce(visit_totals.person_key, ties.person_key) as person_key,
        coalesce(visit_totals.municipality_code, ties.municipality_code) as municipality_code,
        coalesce(visit_totals.visits, 0) as visits,
        coalesce(visit_totals.nights, 0) as nights,
        coalesce(ties.engagements, 0) as engagements,
        coalesce(ties.supporters, 0) as supporters,
        coalesce(ties.contacts, 0) as contacts,
        coalesce(ties.premium, 0) as premium,
        coalesce(ties.basic, 0) as basic,
        coalesce(ties.trial, 0) as trial,
        coalesce(ties.residence, 0) as residence,
        coalesce(ties.relocated, 0) as relocated,
        coalesce(ties.enrolled, 0) as enrolled
    from visit_totals
    full join int_ties as ties
        on
            visit_totals.person_key = ties.person_key
            and visit_totals.municipality_code = ties.municipality_code

)

select
    person_key,
    municipality_code
from totals
where {{needs_signals}}
