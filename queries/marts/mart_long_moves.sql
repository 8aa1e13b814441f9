-- purpose: How many people went from which stage to which in three months, half a year and two years; on the days of the cohorts.
-- grain:   region_level, region_code, as_of, span, stage_from, stage_to
-- reads:   int_municipality_spells, int_horizons, int_membership, int_cohort_days, ref_stages
-- params:  none
-- columns:
--   region_level  varchar  municipality, prefecture, nation, group
--   region_code   varchar  5 digits, 2 digits, JP, id of the group
--   as_of         date     the day
--   reach_on      date     as_of: members whose horizon reaches it are used, for both days
--   span          varchar  quarter, half: since the month end three and six before; two_years: since as_of - 730 days
--   stage_from    varchar  none where there was no stage yet
--   stage_to      varchar  stage on the day
--   people        bigint   distinct people

with

days as (

    select distinct
        as_of,
        cast(date_trunc('month', as_of) - interval 2 month as date) - 1 as quarter_ago,
        cast(date_trunc('month', as_of) - interval 5 month as date) - 1 as half_ago,
        as_of - 730 as two_years_ago
    from int_cohort_days

),

pairs as (

    -- The best stage has the least rank, and is the only one a person has in one place on one day.
    select
        days.as_of,
        spells.municipality_code,
        spells.person_key,
        min(
            case
                when spells.valid_from <= days.as_of and (spells.valid_to is null or spells.valid_to > days.as_of)
                    then stages.rank
            end
        ) as rank_now,
        min(
            case
                when
                    spells.valid_from <= days.quarter_ago
                    and (spells.valid_to is null or spells.valid_to > days.quarter_ago)
                    then stages.rank
            end
        ) as rank_quarter,
        min(
            case
                when spells.valid_from <= days.half_ago and (spells.valid_to is null or spells.valid_to > days.half_ago)
                    then stages.rank
            end
        ) as rank_half,
        min(
            case
                when
                    spells.valid_from <= days.two_years_ago
                    and (spells.valid_to is null or spells.valid_to > days.two_years_ago)
                    then stages.rank
            end
        ) as rank_two_years
    from int_municipality_spells as spells
    inner join int_horizons as horizons
        on spells.municipality_code = horizons.municipality_code
    inner join ref_stages as stages
        on spells.stage = stages.stage
    inner join days
        on
            spells.valid_from <= days.as_of
            and horizons.horizon_on >= days.as_of
            and (spells.valid_to is null or spells.valid_to > days.two_years_ago)
    group by days.as_of, spells.municipality_code, spells.person_key

),

people as (

    select
        'municipality' as region_level,
        municipality_code as region_code,
        as_of,
        rank_now,
        rank_quarter,
        rank_half,
        rank_two_years
    from pairs

    union all

    select
        membership.region_level,
        membership.region_code,
        pairs.as_of,
        min(pairs.rank_now) as rank_now,
        min(pairs.rank_quarter) as rank_quarter,
        min(pairs.rank_half) as rank_half,
        min(pairs.rank_two_years) as rank_two_years
    from pairs
    inner join int_membership as membership
        on
            pairs.municipality_code = membership.municipality_code
            and membership.region_level <> 'municipality'
    group by membership.region_level, membership.region_code, pairs.as_of, pairs.person_key

),

alike as (

    select
        region_level,
        region_code,
        as_of,
        rank_now,
        rank_quarter,
        rank_half,
        rank_two_years,
        count(*) as people
    from people
    group by region_level, region_code, as_of, rank_now, rank_quarter, rank_half, rank_two_years

),

spans as (

    select
        alike.region_level,
        alike.region_code,
        alike.as_of,
        spans.span,
        case spans.span
            when 'quarter' then alike.rank_quarter
            when 'half' then alike.rank_half
            else alike.rank_two_years
        end as rank_from,
        alike.rank_now,
        alike.people
    from alike
    cross join (values ('quarter'), ('half'), ('two_years')) as spans (span)

)

select
    spans.region_level,
    spans.region_code,
    spans.as_of,
    spans.as_of as reach_on,
    spans.span,
    coalesce(earlier.stage, 'none') as stage_from,
    later.stage as stage_to,
    cast(sum(spans.people) as bigint) as people
from spans
inner join int_cohort_days as days
    on
        spans.region_level = days.region_level
        and spans.region_code = days.region_code
        and spans.as_of = days.as_of
inner join ref_stages as later
    on spans.rank_now = later.rank
left join ref_stages as earlier
    on spans.rank_from = earlier.rank
group by spans.region_level, spans.region_code, spans.as_of, spans.span, earlier.stage, later.stage
