// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {FruitManifest} from "./FruitManifest.sol";

/// @notice One grower's offer of one variety for one season; fixed when it is opened.
struct Plot {
    address grower;
    uint96 fruitPriceWei; // a fruit, at the scale
    uint96 adoptionPriceWei; // a tree
    uint40 plantedAt; // Unix seconds, as the next three
    uint40 blossomAt;
    uint40 ripeAt;
    uint40 redeemBy; // fruit can be sent for until then
    uint16 trees;
    uint16 fruitsPerTree; // the most that one bears
    uint16 waterings; // that an adopted tree needs before harvest
    uint16 playTrees; // that can be had by play alone; the grower's bond backs them
    uint16 lapseBps; // of a fruit's backing, to whoever let it lapse
    uint32 gramsPerFruit;
    bytes32 variety; // a name
}

/// @notice What grafting a tree of the plot with another variety makes, and how often of 10,000.
struct Graft {
    bytes32 withVariety;
    bytes32 result;
    uint16 oddsBps;
}

/// @dev One slot. A tree that nobody touched is all zeros.
struct Tree {
    address adopter;
    uint16 watered; // times; never more than the plot's waterings, never falls
    uint8 marks; // a bit for each tending, and BY_PLAY
    uint16 picked; // fruits
    uint16 settled; // fruits of an adopted tree whose backing was paid out
    uint8 graft; // 0: none; else 1 + the index in the plot's grafts, or FAILED
    uint32 graftBlock; // in which it was grafted; 0 once revealed
}

/// @title Plots: what growers offer, and how their trees stand
/// @dev A tree's id is plot << 16 | index. Growth is a function of the block's time and of what was done; no keeper.
abstract contract Plots is ReentrancyGuardTransient {
    /// @notice A tree's life in order.
    enum Stage {
        Planted,
        Young,
        Blossom,
        SetFruit,
        Ripening,
        Ripe
    }

    uint256 public constant MAX_GRAFTS = 16;
    /// @notice Fruit can be sent for at least so long after it is ripe, and at most so long after the plot is opened.
    uint256 public constant SHORTEST_REDEEM = 7 days;
    uint256 public constant LONGEST_SEASON = 3 * 365 days;

    uint8 internal constant TENDINGS = 4;
    uint8 internal constant BY_PLAY = 0x10; // mark above those of the tendings
    uint8 internal constant FAILED = 0xff;
    uint256 internal constant BPS = 10_000;
    uint256 private constant UNTENDED_PERCENT = 60;
    uint256 private constant TENDING_PERCENT = 10;
    uint256 private constant YOUNG_PERCENT = 30; // of the time from planting to blossom; growth.py draws by the same
    uint256 private constant BLOSSOM_PERCENT = 22; // of the time from blossom to ripeness, as the next
    uint256 private constant SET_PERCENT = 60;
    uint256 private constant INDEX_BITS = 16;

    /// @notice Plots so far; they are numbered from 1.
    uint256 public plots;

    mapping(uint256 plot => Plot) internal _plots;
    mapping(uint256 plot => Graft[]) internal _grafts;
    mapping(uint256 tree => Tree) internal _trees;
    /// @notice Wei that lie here for a plot: the backing of what was not yet sent for, and bonds.
    mapping(uint256 plot => uint256) public heldWei;
    /// @notice Trees of a plot that can still be had by play.
    mapping(uint256 plot => uint256) public playTreesLeft;

    /// @notice A plot was opened. `growerKey` is an X25519 public key, `manifest` the SHA-256 of the plot's words.
    event PlotOpened(uint256 indexed plot, address indexed grower, bytes32 growerKey, bytes32 manifest, Plot terms);
    /// @notice A graft that the plot's trees can have, by its index.
    event GraftOffered(uint256 indexed plot, uint256 index, bytes32 withVariety, bytes32 result, uint256 oddsBps);

    /// @notice Something about a new plot is out of range.
    error PlotInvalid(bytes32 what);
    /// @notice There is no such plot, or no such tree in it.
    error NoSuchTree(uint256 tree);
    /// @notice Another sum was to be sent.
    error WrongValue(uint256 wanted, uint256 value);
    /// @notice Nothing to do: zero times, zero fruits, or all was done before.
    error NothingToDo();

    /// @notice Opens a plot; the value sent is the grower's bond, playTrees * adoptionPriceWei.
    /// @param terms Fixed for ever; `grower` must be the caller.
    /// @param growerKey To which buyers seal their addresses.
    /// @param manifest SHA-256 of the canonical JSON of the plot's words.
    /// @param grafts At most MAX_GRAFTS, each with another variety.
    function openPlot(Plot calldata terms, bytes32 growerKey, bytes32 manifest, Graft[] calldata grafts)
        external
        payable
        returns (uint256 plot)
    {
        if (terms.grower != msg.sender) revert PlotInvalid("grower");
        if (growerKey == 0) revert PlotInvalid("growerKey");
        if (terms.trees == 0) revert PlotInvalid("trees");
        if (terms.fruitsPerTree == 0) revert PlotInvalid("fruitsPerTree");
        if (terms.playTrees > terms.trees) revert PlotInvalid("playTrees");
        if (terms.fruitPriceWei == 0) revert PlotInvalid("fruitPriceWei");
        if (terms.adoptionPriceWei < terms.fruitsPerTree) revert PlotInvalid("adoptionPriceWei");
        if (terms.lapseBps > BPS) revert PlotInvalid("lapseBps");
        if (terms.plantedAt >= terms.blossomAt || terms.blossomAt >= terms.ripeAt) revert PlotInvalid("dates");
        uint256 ripe = terms.ripeAt > block.timestamp ? terms.ripeAt : block.timestamp;
        if (terms.redeemBy < ripe + SHORTEST_REDEEM || terms.redeemBy > block.timestamp + LONGEST_SEASON) {
            revert PlotInvalid("redeemBy");
        }
        uint256 bond = uint256(terms.playTrees) * terms.adoptionPriceWei;
        if (msg.value != bond) revert WrongValue(bond, msg.value);
        FruitManifest.check(terms.variety);
        plot = ++plots;
        _plots[plot] = terms;
        heldWei[plot] = bond;
        playTreesLeft[plot] = terms.playTrees;
        emit PlotOpened(plot, msg.sender, growerKey, manifest, terms);
        _offerGrafts(plot, grafts);
    }

    /// @notice The terms of a plot; zeros where there is none.
    function plotOf(uint256 plot) external view returns (Plot memory) {
        return _plots[plot];
    }

    /// @notice The grafts that a plot's trees can have.
    function graftsOf(uint256 plot) external view returns (Graft[] memory) {
        return _grafts[plot];
    }

    /// @notice How a tree stands. Reverts where there is none.
    function treeOf(uint256 tree) external view returns (Tree memory) {
        _plotOf(tree);
        return _trees[tree];
    }

    /// @notice Waterings that a tree still needs before its adopter can pick; this never rises.
    function wateringsLeft(uint256 tree) public view returns (uint256) {
        return _plotOf(tree).waterings - _trees[tree].watered;
    }

    /// @notice Fruits that a tree bears in all, as it is tended so far: its grower tends what nobody adopted.
    function yieldOf(uint256 tree) external view returns (uint256) {
        return _yield(_plotOf(tree), _trees[tree]);
    }

    /// @notice The variety of a tree's fruit.
    function varietyOf(uint256 tree) external view returns (bytes32) {
        return _variety(_plotOf(tree), _trees[tree], tree);
    }

    /// @notice Where a tree is in its life.
    function stageOf(uint256 tree) external view returns (Stage) {
        return _stage(_plotOf(tree), _trees[tree]);
    }

    /// @dev The plot of a tree. Reverts where there is no such tree.
    function _plotOf(uint256 tree) internal view returns (Plot storage plot) {
        plot = _plots[tree >> INDEX_BITS];
        if (uint16(tree) >= plot.trees) revert NoSuchTree(tree);
    }

    function _yield(Plot storage plot, Tree storage tree) internal view returns (uint256 fruits) {
        fruits = plot.fruitsPerTree;
        if (tree.adopter == address(0)) return fruits;
        uint256 percent = UNTENDED_PERCENT;
        for (uint8 i; i < TENDINGS; ++i) {
            if (tree.marks & (1 << i) != 0) percent += TENDING_PERCENT;
        }
        fruits = fruits * percent / 100;
        if (fruits == 0) fruits = 1;
    }

    function _variety(Plot storage plot, Tree storage tree, uint256 id) internal view returns (bytes32) {
        uint8 graft = tree.graft;
        if (graft == 0 || graft == FAILED || tree.graftBlock != 0) return plot.variety;
        return _grafts[id >> INDEX_BITS][graft - 1].result;
    }

    /// @dev An adopted tree that lacks water is ripening until it has had it.
    function _stage(Plot storage plot, Tree storage tree) internal view returns (Stage) {
        uint256 now_ = block.timestamp;
        (uint256 planted, uint256 blossom, uint256 ripe) = (plot.plantedAt, plot.blossomAt, plot.ripeAt);
        if (now_ < planted + (blossom - planted) * YOUNG_PERCENT / 100) return Stage.Planted;
        if (now_ < blossom) return Stage.Young;
        if (now_ < blossom + (ripe - blossom) * BLOSSOM_PERCENT / 100) return Stage.Blossom;
        if (now_ < blossom + (ripe - blossom) * SET_PERCENT / 100) return Stage.SetFruit;
        if (now_ < ripe || (tree.adopter != address(0) && tree.watered < plot.waterings)) return Stage.Ripening;
        return Stage.Ripe;
    }

    function _offerGrafts(uint256 plot, Graft[] calldata grafts) private {
        if (grafts.length > MAX_GRAFTS) revert PlotInvalid("grafts");
        for (uint256 i; i < grafts.length; ++i) {
            Graft calldata graft = grafts[i];
            FruitManifest.check(graft.withVariety);
            FruitManifest.check(graft.result);
            if (graft.oddsBps == 0 || graft.oddsBps > BPS) revert PlotInvalid("oddsBps");
            for (uint256 j; j < i; ++j) {
                if (grafts[j].withVariety == graft.withVariety) revert PlotInvalid("grafts");
            }
            _grafts[plot].push(graft);
            emit GraftOffered(plot, i, graft.withVariety, graft.result, graft.oddsBps);
        }
    }
}
