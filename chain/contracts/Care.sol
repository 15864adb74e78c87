// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Payouts} from "./Payouts.sol";
import {Graft, Plot, Plots, Tree} from "./Plots.sol";

/// @title Care: the watering can, and all that can be done for a tree before it is picked
/// @notice Nothing is lost by staying away: water that a tree had stays, and the can keeps its drops.
abstract contract Care is Plots, Payouts {
    /// @dev One slot. An account that never came has all zeros, and so a full can.
    struct Can {
        uint32 freeDay; // days since 1970 up to which the daily drops were poured in
        uint16 free; // daily drops, at most DAILY_DROPS * KEPT_DAYS
        uint32 more; // drops that were walked for or bought
        uint32 stepsDay; // day of `steps`
        uint32 steps; // that were put in on that day
        uint32 visitDay; // of the last visit to a friend's tree
    }

    /// @notice Drops that the can gains a day, kept for so many days.
    uint256 public constant DAILY_DROPS = 5;
    uint256 public constant KEPT_DAYS = 3;
    /// @notice Steps that make a drop, and the most that count on one day.
    uint256 public constant STEPS_PER_DROP = 100;
    uint256 public constant DAILY_STEPS = 1000;
    /// @notice Price of a drop, which goes to a grower, and the most in one purchase.
    uint256 public constant DROP_WEI = 10 ** 14;
    uint256 public constant MAX_DROPS = 1000;

    mapping(address account => Can) private _cans;

    /// @notice A tree was watered by its adopter, or once by a visitor.
    event Watered(uint256 indexed tree, address indexed by, uint256 times, uint256 left, bool visit);
    /// @notice Steps were put into a can.
    event Walked(address indexed account, uint256 steps);
    /// @notice Drops were bought.
    event DropsBought(address indexed account, uint256 indexed plot, uint256 drops, uint256 paidWei);
    /// @notice A tree was tended: 0 prune, 1 thin, 2 fertilise, 3 birds fended off. It bears `yield_` in all now.
    event Tended(uint256 indexed tree, address indexed by, uint256 action, uint256 yield_);
    /// @notice A tree was grafted; a later block tells what comes of it.
    event Grafted(uint256 indexed tree, address indexed by, bytes32 withVariety);
    /// @notice What came of a graft: the tree's variety from now on.
    event Revealed(uint256 indexed tree, address indexed by, bytes32 variety, bool taken);

    /// @notice Only its adopter may do this to a tree.
    error OnlyAdopter(uint256 tree, address adopter, address caller);
    /// @notice The can holds fewer drops.
    error CanTooEmpty(address account, uint256 drops, uint256 times);
    /// @notice This account visited a tree today already, or it is its own, or nobody's.
    error NoVisit(uint256 tree, address caller);
    /// @notice A tree can be given this in another stage of its life only, and once.
    error WrongStage(uint256 tree, Stage stage);
    /// @notice The season is over.
    error SeasonOver(uint256 tree, uint256 redeemBy, uint256 timestamp);
    /// @notice The plot offers no such graft.
    error NoSuchGraft(uint256 tree, bytes32 withVariety);
    /// @notice The block that decides about a graft is not over.
    error NotYet(uint256 tree);

    /// @notice Waters one's own tree from the can, one drop each; no more times than it still needs.
    function water(uint256 tree, uint256 times) external {
        (Plot storage plot, Tree storage it) = _own(tree);
        uint256 left = plot.waterings - it.watered;
        if (times > left) times = left;
        if (times == 0) revert NothingToDo();
        Can storage can = _cans[msg.sender];
        uint256 free = _free(can);
        uint256 drops = free + can.more;
        if (times > drops) revert CanTooEmpty(msg.sender, drops, times);
        uint256 ofFree = times < free ? times : free;
        can.freeDay = _today();
        can.free = uint16(free - ofFree);
        can.more -= uint32(times - ofFree);
        it.watered += uint16(times);
        emit Watered(tree, msg.sender, times, left - times, false);
    }

    /// @notice Waters a friend's tree once, without a drop; once a day.
    function visit(uint256 tree) external {
        Plot storage plot = _plotOf(tree);
        Tree storage it = _trees[tree];
        _inSeason(tree, plot);
        Can storage can = _cans[msg.sender];
        address adopter = it.adopter;
        if (adopter == address(0) || adopter == msg.sender || can.visitDay == _today()) {
            revert NoVisit(tree, msg.sender);
        }
        uint256 left = plot.waterings - it.watered;
        if (left == 0) revert NothingToDo();
        can.visitDay = _today();
        ++it.watered;
        emit Watered(tree, msg.sender, 1, left - 1, true);
    }

    /// @notice Puts steps into the can, as many as still count today.
    function walk(uint256 steps) external {
        Can storage can = _cans[msg.sender];
        uint256 before = can.stepsDay == _today() ? can.steps : 0;
        if (steps > DAILY_STEPS - before) steps = DAILY_STEPS - before;
        if (steps == 0) revert NothingToDo();
        can.stepsDay = _today();
        can.steps = uint32(before + steps);
        can.more += uint32((before + steps) / STEPS_PER_DROP - before / STEPS_PER_DROP);
        emit Walked(msg.sender, steps);
    }

    /// @notice Buys drops; their price goes to the plot's grower.
    function buyDrops(uint256 plot, uint256 drops) external payable nonReentrant {
        if (plot == 0 || plot > plots) revert NoSuchTree(plot << 16);
        if (drops == 0 || drops > MAX_DROPS) revert NothingToDo();
        if (msg.value != drops * DROP_WEI) revert WrongValue(drops * DROP_WEI, msg.value);
        _cans[msg.sender].more += uint32(drops);
        emit DropsBought(msg.sender, plot, drops, msg.value);
        _pay(_plots[plot].grower, msg.value);
    }

    /// @notice Tends one's own tree, each action once and in its stage: its yield rises by a tenth of the most.
    /// @param action 0 prune (young), 1 thin (set fruit), 2 fertilise (blossom), 3 fend birds off (ripening).
    function tend(uint256 tree, uint256 action) external {
        (Plot storage plot, Tree storage it) = _own(tree);
        if (action >= TENDINGS) revert NothingToDo();
        Stage stage = _stage(plot, it);
        Stage wanted =
            action == 0 ? Stage.Young : action == 1 ? Stage.SetFruit : action == 2 ? Stage.Blossom : Stage.Ripening;
        uint8 mark = uint8(1 << action);
        if (stage != wanted || it.marks & mark != 0) revert WrongStage(tree, stage);
        it.marks |= mark;
        emit Tended(tree, msg.sender, action, _yield(plot, it));
    }

    /// @notice Grafts one's own tree, once and before it blossoms.
    function graft(uint256 tree, bytes32 withVariety) external {
        (Plot storage plot, Tree storage it) = _own(tree);
        if (block.timestamp >= plot.blossomAt || it.graft != 0) revert WrongStage(tree, _stage(plot, it));
        Graft[] storage offered = _grafts[tree >> 16];
        uint256 index;
        while (index < offered.length && offered[index].withVariety != withVariety) ++index;
        if (index == offered.length) revert NoSuchGraft(tree, withVariety);
        it.graft = uint8(index + 1);
        it.graftBlock = uint32(block.number);
        emit Grafted(tree, msg.sender, withVariety);
    }

    /// @notice Tells what came of a graft; anyone may, in a later block. After 256 blocks it has not taken.
    /// @dev Whoever makes blocks could sway this; no money depends on it.
    function reveal(uint256 tree) external {
        Plot storage plot = _plotOf(tree);
        Tree storage it = _trees[tree];
        uint256 since = it.graftBlock;
        if (since == 0) revert NothingToDo();
        if (uint32(block.number) == since) revert NotYet(tree);
        bytes32 chance = blockhash(since);
        uint256 odds = _grafts[tree >> 16][it.graft - 1].oddsBps;
        bool taken = chance != 0 && uint256(keccak256(abi.encode(chance, tree))) % BPS < odds;
        it.graftBlock = 0;
        if (!taken) it.graft = FAILED;
        emit Revealed(tree, msg.sender, _variety(plot, it, tree), taken);
    }

    /// @notice What an account's can holds now, and how many steps still count today.
    function canOf(address account) external view returns (uint256 drops, uint256 stepsLeftToday) {
        Can storage can = _cans[account];
        drops = _free(can) + can.more;
        stepsLeftToday = can.stepsDay == _today() ? DAILY_STEPS - can.steps : DAILY_STEPS;
    }

    /// @dev A tree in its season that the caller adopted.
    function _own(uint256 tree) internal view returns (Plot storage plot, Tree storage it) {
        plot = _plotOf(tree);
        it = _trees[tree];
        if (it.adopter != msg.sender) revert OnlyAdopter(tree, it.adopter, msg.sender);
        _inSeason(tree, plot);
    }

    function _inSeason(uint256 tree, Plot storage plot) internal view {
        if (block.timestamp > plot.redeemBy) revert SeasonOver(tree, plot.redeemBy, block.timestamp);
    }

    /// @dev Daily drops now: those that are left, and what came since, as far as it is kept.
    function _free(Can storage can) private view returns (uint256 free) {
        free = can.free + DAILY_DROPS * (_today() - can.freeDay);
        if (free > DAILY_DROPS * KEPT_DAYS) free = DAILY_DROPS * KEPT_DAYS;
    }

    function _today() private view returns (uint32) {
        return uint32(block.timestamp / 1 days);
    }
}
