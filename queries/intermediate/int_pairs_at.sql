-- purpose: Where each pair stood on each day asked about, a month end and a year before.
-- grain:   as_of, reach_on, municipality_code, person_key
-- reads:   int_municipality_spells, int_horizons, int_as_ofs
-- params:  none
-- columns:
--   as_of              date     the day
--   reach_on           date     only members whose horizon reaches this day are used
--   municipality_code  varchar  5-digit JIS X 0402 code
--   person_key         bigint   keyed hash
--   stage              varchar  on the day
--   stage_year_ago     varchar  365 days before; null where there was none yet
--   stage_month_ago    varchar  on the month end before; null where there was none yet

select
    as_ofs.as_of,
    as_ofs.reach_on,
    spells.municipality_code,
    spells.person_key,
    max(
        case
            when spells.valid_from <= as_ofs.as_of and (spells.valid_to is null or spells.valid_to > as_ofs.as_of)
                then spells.stage
        end
    ) as stage,
    max(
        case
            when spells.valid_from <= as_ofs.year_ago and (spells.valid_to is null or spells.valid_to > as_ofs.year_ago)
                then spells.stage
        end
    ) as stage_year_ago,
    max(
        case
            when spells.valid_from <= as_ofs.month_ago and (spells.valid_to is null or spells.valid_to > as_ofs.month_ago)
                then spells.stage
        end
    ) as stage_month_ago
from int_municipality_spells as spells
inner join int_horizons as horizons
    on spells.municipality_code = horizons.municipality_code
inner join int_as_ofs as as_ofs
    on
        spells.valid_from <= as_ofs.as_of
        and horizons.horizon_on >= as_ofs.reach_on
        and (spells.valid_to is null or spells.valid_to > as_ofs.year_ago)
group by as_ofs.as_of, as_ofs.reach_on, spells.municipality_code, spells.person_key
