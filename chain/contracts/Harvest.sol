// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Care} from "./Care.sol";
import {FruitManifest} from "./FruitManifest.sol";
import {Goods} from "./Goods.sol";
import {Plot, Tree} from "./Plots.sol";
import {Terms} from "./Terms.sol";

/// @notice What was picked from one tree. The grade is the picker's word, and no money depends on it.
struct Pick {
    uint256 tree;
    uint16 clean; // grade A
    uint16 bruised; // grade B
}

/// @title Harvest: adopting trees, and making their fruit goods, never more than hangs
abstract contract Harvest is Care {
    /// @notice Most trees in one harvest, and most kinds of fruit that are sent at once.
    uint256 public constant MAX_LINES = 32;

    uint16 private constant FRUIT = 1; // flag of a good's terms

    /// @notice The goods that fruit becomes.
    Goods public immutable goods;

    mapping(uint256 fruit => uint256 tree) internal _treeOfFruit; // zero for all other goods: plots count from 1
    mapping(uint256 plot => mapping(address account => bool)) private _played;

    /// @notice A tree has someone who cares for it.
    event Adopted(uint256 indexed tree, address indexed by, bool byPlay, uint256 paidWei);
    /// @notice Fruit became goods of `by`. `paidWei` is what they paid for it now.
    event Picked(
        uint256 indexed tree,
        address indexed by,
        uint256 indexed fruit,
        bool clean,
        uint256 day,
        uint256 quantity,
        uint256 paidWei,
        bytes32 variety
    );

    /// @notice A tree can be adopted until it is ripe, by the first who wants it.
    error Taken(uint256 tree, address adopter);
    /// @notice No tree of this plot is left that this account could have by play.
    error NoPlayTree(uint256 tree, address caller);
    /// @notice The tree is not ripe, or still needs water.
    error NotRipe(uint256 tree, Stage stage, uint256 wateringsLeft);
    /// @notice Fewer fruits hang on the tree.
    error TooFewHang(uint256 tree, uint256 hanging, uint256 quantity);
    /// @notice From 1 to MAX_LINES lines, all of one plot.
    error WrongLines(uint256 lines);

    constructor(Goods goods_) {
        goods = goods_;
    }

    /// @notice Adopts a tree until the season's end for the plot's adoption price, which lies here until it is settled.
    function adopt(uint256 tree) external payable {
        Plot storage plot = _plotOf(tree);
        uint256 price = plot.adoptionPriceWei;
        if (msg.value != price) revert WrongValue(price, msg.value);
        heldWei[tree >> 16] += price;
        _adopt(tree, plot, 0, price);
    }

    /// @notice Adopts a tree for nothing; one a plot and account. The grower's bond backs it.
    function adoptByPlay(uint256 tree) external {
        Plot storage plot = _plotOf(tree);
        uint256 left = playTreesLeft[tree >> 16];
        if (left == 0 || _played[tree >> 16][msg.sender]) revert NoPlayTree(tree, msg.sender);
        playTreesLeft[tree >> 16] = left - 1;
        _played[tree >> 16][msg.sender] = true;
        _adopt(tree, plot, BY_PLAY, 0);
    }

    /// @notice Makes fruit of one's own trees goods in one's hands: watered to the end, and ripe.
    function pick(Pick[] calldata picks) external nonReentrant {
        _checkLines(picks.length);
        for (uint256 i; i < picks.length; ++i) {
            uint256 tree = picks[i].tree;
            (Plot storage plot, Tree storage it) = _own(tree);
            _pick(picks[i], plot, it, 0);
        }
    }

    /// @notice Buys fruit of trees that nobody adopted, at the scale: ripe by date alone. The price backs the fruit.
    /// @param plot All lines are of this one.
    function buy(uint256 plot, Pick[] calldata picks) external payable nonReentrant {
        _checkLines(picks.length);
        uint256 unit = _plots[plot].fruitPriceWei;
        uint256 total;
        for (uint256 i; i < picks.length; ++i) total += unit * (uint256(picks[i].clean) + picks[i].bruised);
        if (msg.value != total) revert WrongValue(total, msg.value);
        heldWei[plot] += total;
        for (uint256 i; i < picks.length; ++i) {
            uint256 tree = picks[i].tree;
            if (tree >> 16 != plot) revert WrongLines(picks.length);
            Plot storage of_ = _plotOf(tree);
            Tree storage it = _trees[tree];
            _inSeason(tree, of_);
            if (it.adopter != address(0)) revert Taken(tree, it.adopter);
            _pick(picks[i], of_, it, unit);
        }
    }

    /// @notice The tree that a good hung on; 0 for what is no fruit of this orchard.
    function treeOfFruit(uint256 fruit) external view returns (uint256) {
        return _treeOfFruit[fruit];
    }

    /// @notice Wei that lie here for one unit of a fruit; a tree's last one has the remainder of a division besides.
    function backingOf(uint256 fruit) external view returns (uint256) {
        uint256 tree = _treeOfFruit[fruit];
        return tree == 0 ? 0 : _unitWei(_plotOf(tree), _trees[tree]);
    }

    /// @dev Wei a fruit of a tree is backed by.
    function _unitWei(Plot storage plot, Tree storage it) internal view returns (uint256) {
        return it.adopter == address(0) ? plot.fruitPriceWei : plot.adoptionPriceWei / _yield(plot, it);
    }

    function _checkLines(uint256 lines) internal pure {
        if (lines == 0 || lines > MAX_LINES) revert WrongLines(lines);
    }

    function _adopt(uint256 tree, Plot storage plot, uint8 marks, uint256 paid) private {
        Tree storage it = _trees[tree];
        if (it.adopter != address(0) || block.timestamp >= plot.ripeAt) revert Taken(tree, it.adopter);
        it.adopter = msg.sender;
        it.marks = marks;
        emit Adopted(tree, msg.sender, marks != 0, paid);
    }

    /// @dev Counts fruit as picked, then makes goods of it; every entry is guarded, for the receiver is told.
    function _pick(Pick calldata line, Plot storage plot, Tree storage it, uint256 unit) private {
        uint256 quantity = uint256(line.clean) + line.bruised;
        if (quantity == 0) revert NothingToDo();
        Stage stage = _stage(plot, it);
        if (stage != Stage.Ripe) revert NotRipe(line.tree, stage, wateringsLeft(line.tree));
        uint256 picked = it.picked;
        uint256 hanging = _yield(plot, it) - picked;
        if (quantity > hanging) revert TooFewHang(line.tree, hanging, quantity);
        it.picked = uint16(picked + quantity);
        bytes32 variety = _variety(plot, it, line.tree);
        if (line.clean != 0) _mint(line.tree, plot, variety, true, line.clean, unit);
        if (line.bruised != 0) _mint(line.tree, plot, variety, false, line.bruised, unit);
    }

    function _mint(uint256 tree, Plot storage plot, bytes32 variety, bool clean, uint256 quantity, uint256 unit)
        private
    {
        uint256 day = block.timestamp / 1 days;
        Terms memory terms = Terms({
            maker: address(this),
            creator: plot.grower,
            manifest: FruitManifest.hash(address(this), tree >> 16, tree, variety, clean, day),
            cap: plot.fruitsPerTree,
            royaltyBps: 0,
            flags: FRUIT
        });
        uint256 fruit = uint256(keccak256(abi.encode(terms)));
        _treeOfFruit[fruit] = tree;
        emit Picked(tree, msg.sender, fruit, clean, day, quantity, quantity * unit, variety);
        goods.mint(terms, msg.sender, quantity);
    }
}
